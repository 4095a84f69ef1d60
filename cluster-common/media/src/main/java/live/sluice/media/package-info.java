/**
 * The core: frames, tracks, streams, their readers and their registry. It does no I/O and knows no protocol; a wire
 * form is opaque to it.
 */
@NullMarked
package live.sluice.media;

import org.jspecify.annotations.NullMarked;
