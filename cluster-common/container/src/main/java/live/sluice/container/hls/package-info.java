/**
 * HTTP Live Streaming (RFC 8216): frames of a stream cut into segments that live in memory, and the media playlist that
 * lists them. Serving them is somebody else's.
 */
@NullMarked
package live.sluice.container.hls;

import org.jspecify.annotations.NullMarked;
