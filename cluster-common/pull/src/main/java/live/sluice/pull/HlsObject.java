package live.sluice.pull;

import java.nio.ByteBuffer;

/**
 * An HLS object as its owner answered.
 *
 * @param status HTTP status
 * @param contentType such as {@code video/mp2t}
 * @param cacheControl as the owner said
 * @param body direct and shared: read it by a duplicate, and don't write to it
 */
public record HlsObject(int status, String contentType, String cacheControl, ByteBuffer body) {}
