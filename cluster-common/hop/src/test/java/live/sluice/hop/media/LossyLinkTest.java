package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.hop.media.receive.ReceivedStatistics;
import live.sluice.hop.media.send.SenderTotals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each cell of round trip, loss and number of streams must deliver. */
class LossyLinkTest {
  private static final long MS = SimulatedLink.MS;

  @ParameterizedTest(name = "{0} ms, {1} % loss, {2} streams")
  @CsvSource({
    "50, 0, 1", "50, 0.1, 1", "50, 1, 1", "50, 3, 1",
    "50, 0, 10", "50, 0.1, 10", "50, 1, 10", "50, 3, 10",
    "100, 0, 1", "100, 0.1, 1", "100, 1, 1", "100, 3, 1",
    "100, 0, 10", "100, 0.1, 10", "100, 1, 10", "100, 3, 10",
    "200, 0, 1", "200, 0.1, 1", "200, 1, 1", "200, 3, 1",
    "200, 0, 10", "200, 0.1, 10", "200, 1, 10", "200, 3, 10",
  })
  void packetsArriveInTimeAndOnce(long roundTripMs, double percent, int streams) {
    try (SimulatedLink link = new SimulatedLink(roundTripMs, percent / 100, 42 + roundTripMs)) {
      link.there.jitter = percent == 0 ? 0 : 2 * MS;
      for (int i = 0; i < streams; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(streams == 1 ? 120 : 40).finish();

      long sent = 0;
      for (Source source : link.sources) {
        assertThat(source.twice).isZero();
        sent += source.sent;
      }
      SenderTotals totals = link.sender.totals();
      assertThat(shareInTime(link)).isGreaterThanOrEqualTo(percent > 1 ? 0.997 : 0.9995);
      assertThat(totals.retransmitted()).isLessThanOrEqualTo((long) (3 * percent / 100 * sent));
      assertThat(totals.congested()).isFalse();
      assertThat(totals.estimateBitsPerSecond()).isGreaterThanOrEqualTo(40_000_000);
      assertThat(link.told).isEmpty();
      if (percent == 0) {
        for (Source source : link.sources) {
          assertThat(source.worst).isEqualTo(roundTripMs / 2 * MS);
        }
      }
      ReceivedStatistics first = link.receiver.statistics(1);
      assertThat(first).isNotNull();
      assertThat(first.lostBeforeRepair()).isEqualTo(first.repaired() + first.lostAfterRepair());
      assertThat(first.leastDelayNanos()).isBetween(roundTripMs / 2 * MS - 200_000, roundTripMs / 2 * MS + 200_000);
    }
  }

  /** Four packets are lost one after the other, and so is what is sent again. */
  @ParameterizedTest(name = "{0} ms, {1} % loss")
  @CsvSource({"50, 1", "50, 3", "100, 1", "100, 3", "200, 1", "200, 3"})
  void lossMayComeInBursts(long roundTripMs, double percent) {
    try (SimulatedLink link = new SimulatedLink(roundTripMs, percent / 100, 9)) {
      link.there.burst = 4;
      for (int i = 0; i < 10; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(30).finish();

      assertThat(shareInTime(link)).isGreaterThanOrEqualTo(percent > 1 ? 0.997 : 0.9995);
    }
  }

  /** The link's measure may lag behind a path that has changed; 0 is not known. */
  @ParameterizedTest(name = "{0} ms, told {1}")
  @CsvSource({"50, 0", "50, 200", "100, 20", "100, 60", "100, 200", "200, 0", "200, 50", "200, 140", "200, 400"})
  void theRoundTripMayBeToldWrong(long roundTripMs, long toldMs) {
    try (SimulatedLink link = new SimulatedLink(roundTripMs, 0.01, 9)) {
      link.toldRoundTrip = toldMs * MS;
      for (int i = 0; i < 10; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(30).finish();

      assertThat(shareInTime(link)).isGreaterThanOrEqualTo(0.9995);
      assertThat(link.sender.totals().retransmitted()).isLessThan(link.there.datagrams * 3 / 100);
    }
  }

  /** Two hops of 200 ms take half of the 400 ms that sound has in all, and one repair the other half. */
  @ParameterizedTest(name = "{0} % loss")
  @CsvSource({"0.1, 0.999, 0.85", "1, 0.9985, 0.95", "3, 0.996, 0.95"}) // nothing goes twice before the first loss
  void soundDoesNotWaitForARepairOnALongWay(double percent, double least, double copied) {
    try (SimulatedLink link = new SimulatedLink(200, percent / 100, 11)) {
      link.repairTime = 40 * MS;
      Source pictures = link.pictures(0, 2_500_000);
      Source sound = link.sound();
      link.run(120).finish();

      assertThat((double) sound.inTime / sound.sent).isGreaterThanOrEqualTo(least);
      assertThat(sound.twice).isZero();
      assertThat(link.sender.totals().soundCopies()).isBetween((long) (copied * sound.sent), (long) sound.sent);
      assertThat(link.sender.totals().retransmitted())
          .isLessThan((long) (3 * percent / 100 * (pictures.sent + sound.sent)));
    }
  }

  @Test
  void soundGoesOnceWhereNothingIsLost() {
    try (SimulatedLink link = new SimulatedLink(200, 0, 11)) {
      link.pictures(0, 2_500_000);
      Source sound = link.sound();
      link.run(20).finish();

      assertThat(sound.inTime).isEqualTo(sound.sent);
      assertThat(link.sender.totals().soundCopies()).isZero();
    }
  }

  /** What chance loses in a moment, and what is overtaken as a report is made, is no path that loses too much. */
  @ParameterizedTest(name = "{0} % loss")
  @ValueSource(doubles = {0.1, 3})
  void chanceLowersNoEstimate(double percent) {
    for (int seed = 1; seed <= 50; seed++) {
      try (SimulatedLink link = new SimulatedLink(200, percent / 100, seed)) {
        link.there.jitter = 2 * MS;
        link.pictures(0, 2_500_000);
        link.sound();
        link.run(80).finish();

        assertThat(link.sender.totals().estimateBitsPerSecond()).as("seed " + seed).isGreaterThanOrEqualTo(40_000_000);
      }
    }
  }

  private static double shareInTime(SimulatedLink link) {
    long sent = 0;
    long inTime = 0;
    for (Source source : link.sources) {
      sent += source.sent;
      inTime += source.inTime;
    }
    return (double) inTime / sent;
  }
}
