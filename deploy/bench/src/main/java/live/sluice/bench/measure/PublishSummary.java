package live.sluice.bench.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What publishers did.
 *
 * @param seconds how long it was measured
 * @param publishers how many there were
 * @param published how many of them a server accepted
 * @param failed were never accepted
 * @param disconnected were accepted, and cut off
 * @param reasons of failures and disconnects, with how many clients gave each
 * @param bytes sent, headers included
 * @param dropped frames that were not sent, since the server did not take what was sent before
 * @param joinMs from the connection to the server's agreement; of WHIP from the request to the end of the handshake
 * @param lateMs how late frames were sent: the generator's own fault
 * @param feedback what servers asked for, where the protocol has packets
 */
public record PublishSummary(
    double seconds,
    int publishers,
    int published,
    int failed,
    int disconnected,
    Map<String, Integer> reasons,
    long bytes,
    double megabitsPerSecond,
    long frames,
    long dropped,
    Distribution joinMs,
    Distribution lateMs,
    @Nullable Feedback feedback) {

  /**
   * What servers asked publishers for.
   *
   * @param nacked packets that were asked for again
   * @param resent those that were sent again
   * @param keyframeRequests keyframes
   */
  public record Feedback(long nacked, long resent, long keyframeRequests) {}

  /** Of totals over that many seconds. */
  public static PublishSummary of(PublishMeters totals, double seconds) {
    return new PublishSummary(
        seconds,
        totals.publishers,
        totals.published,
        totals.failed,
        totals.disconnected,
        Map.copyOf(totals.reasons),
        totals.bytes,
        totals.bytes * 8 / 1e6 / seconds,
        totals.frames,
        totals.dropped,
        Distribution.of(totals.join),
        Distribution.of(totals.late),
        totals.packets ? new Feedback(totals.nacked, totals.resent, totals.keyframeRequests) : null);
  }
}
