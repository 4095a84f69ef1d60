/** Turns streams of frames into RTP and back, once a stream, when somebody asks for the other form. */
@NullMarked
package live.sluice.bridge;

import org.jspecify.annotations.NullMarked;
