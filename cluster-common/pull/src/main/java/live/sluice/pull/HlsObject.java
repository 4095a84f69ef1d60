package live.sluice.pull;

/**
 * An HLS object as its owner answered.
 *
 * @param status HTTP status
 * @param contentType such as {@code video/mp2t}
 * @param cacheControl as the owner said
 * @param body shared; not to be written to
 */
public record HlsObject(int status, String contentType, String cacheControl, byte[] body) {}
