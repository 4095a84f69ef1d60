package live.sluice.hop.media.send;

import live.sluice.hop.media.wire.FeedbackReader;
import live.sluice.hop.media.wire.MediaTime;

/**
 * The round trip as reports show it: since the newest packet that arrived was sent, less what the report waited. The least
 * of the last {@value #REPORTS}, which jitter does not lengthen. It keeps repairs going where the link's own measure lags
 * behind a way that has become longer: one that is taken to be too short makes every repair seem too late.
 */
final class ReportedRoundTrip {
  private static final int REPORTS = 8;
  /** What takes longer is no answer to what was sent lately. */
  private static final long MOST_NANOS = 2_000_000_000;

  private final long[] nanos = new long[REPORTS];
  private int reports;

  void add(FeedbackReader report, long now) {
    if (!report.hasDelay()) {
      return;
    }
    int ticks = MediaTime.difference(MediaTime.of(now), report.newestSendTime()) - report.idle();
    long measured = ticks * MediaTime.TICK_NANOS;
    if (measured > 0 && measured < MOST_NANOS) {
      nanos[reports++ & (REPORTS - 1)] = measured;
    }
  }

  /** In ns; 0 before the first report. */
  long nanos() {
    int known = reports < 0 ? REPORTS : Math.min(reports, REPORTS);
    long least = known == 0 ? 0 : Long.MAX_VALUE;
    for (int i = 0; i < known; i++) {
      least = Math.min(least, nanos[i]);
    }
    return least;
  }
}
