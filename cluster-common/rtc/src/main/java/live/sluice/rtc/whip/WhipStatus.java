package live.sluice.rtc.whip;

import live.sluice.media.ErrorCode;

/**
 * The HTTP status that WHIP and WHEP answer a failure with. WHIP is RFC 9725; WHEP is a draft yet (draft-ietf-wish-whep),
 * so what it may come to change stands here and nowhere else.
 *
 * @param code HTTP status
 * @param retryAfterSeconds what Retry-After says; 0: no such header
 */
public record WhipStatus(int code, int retryAfterSeconds) {
  private static final int CONFLICT = 409;

  /** Publishers come back within seconds, or not soon. */
  private static final int UNTIL_PUBLISHED_SECONDS = 2;

  /** A drained or full node is left by a load balancer within that time. */
  private static final int UNTIL_ROOM_SECONDS = 5;

  /** The status of a failure. */
  public static WhipStatus of(ErrorCode failure) {
    return switch (failure) {
      // WHEP, section 4.2: where the stream is not live yet, the server may answer 409 with Retry-After.
      case STREAM_NOT_FOUND, STREAM_ENDED -> new WhipStatus(CONFLICT, UNTIL_PUBLISHED_SECONDS);
      // RFC 9725, section 4.7: a server that is out of resources answers 503, and may say when to come again.
      case OVERLOADED, TOO_MANY_CONNECTIONS, DRAINING, CLUSTER_UNAVAILABLE ->
          new WhipStatus(failure.httpStatus(), UNTIL_ROOM_SECONDS);
      default -> new WhipStatus(failure.httpStatus(), 0);
    };
  }
}
