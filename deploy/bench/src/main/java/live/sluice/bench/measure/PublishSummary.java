package live.sluice.bench.measure;

import java.util.Map;

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
 * @param joinMs from the connection to the server's agreement
 * @param lateMs how late frames were sent: the generator's own fault
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
    Distribution lateMs) {

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
        Distribution.of(totals.late));
  }
}
