package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MS = 1_000_000;
  private static final long SENT_MS = 1_700_000_000_123L;

  private final RoundTrip roundTrip = new RoundTrip();

  private void report(long delayMs, long afterMs) {
    int lastSr = Ntp.middle(Ntp.ofWallMillis(SENT_MS));
    roundTrip.onReport(
        new ReportBlock(1, 0, 0, 0, 0, lastSr, Ntp.delay(delayMs * MS)), Ntp.ofWallMillis(SENT_MS + afterMs));
  }

  @Test
  void theDelayAtTheReceiverIsNoPartOfIt() {
    assertThat(roundTrip.nanos()).isEqualTo(RoundTrip.UNKNOWN);

    report(700, 740);

    assertThat(roundTrip.nanos()).isCloseTo(40 * MS, within(MS / 10));
  }

  @Test
  void itFollowsSlowly() {
    report(700, 740);
    report(700, 820);

    assertThat(roundTrip.lastNanos()).isCloseTo(120 * MS, within(MS / 10));
    assertThat(roundTrip.nanos()).isCloseTo(50 * MS, within(MS / 10));
  }

  @Test
  void roundingDoesNotMakeItLong() {
    report(700, 700);
    assertThat(roundTrip.nanos()).isCloseTo(0, within(MS / 10));
  }

  @Test
  void reportsOfNothingOrOfAnotherClockAreLeftOut() {
    roundTrip.onReport(new ReportBlock(1, 0, 0, 0, 0, 0, 0), Ntp.ofWallMillis(SENT_MS));
    report(0, -5000);
    report(0, 61_000);

    assertThat(roundTrip.nanos()).isEqualTo(RoundTrip.UNKNOWN);
  }
}
