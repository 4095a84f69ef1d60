/**
 * Messages and the chunks that carry them (RTMP specification, sections 5.3 and 5.4). Reading is bounded before
 * memory is spent; writing keeps each message in one buffer.
 */
@NullMarked
package live.sluice.rtmp.chunk;

import org.jspecify.annotations.NullMarked;
