package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A link that carries nothing for a while. */
class OutageTest {

  @ParameterizedTest(name = "there {0}, back {1}, {2} s")
  @CsvSource({"true, true, 5", "true, false, 5", "false, true, 5", "true, true, 30"})
  void allGoesOnAfterIt(boolean there, boolean back, int seconds) {
    try (SimulatedLink link = new SimulatedLink(100, 0.01, 7)) {
      for (int i = 0; i < 10; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(10);
      link.there.cut = there;
      link.back.cut = back;
      link.run(seconds);
      link.there.cut = false;
      link.back.cut = false;
      link.run(0.5);
      long sent = 0;
      long inTime = 0;
      for (Source source : link.sources) {
        sent -= source.sent;
        inTime -= source.inTime;
      }
      link.run(10).finish();
      for (Source source : link.sources) {
        sent += source.sent;
        inTime += source.inTime;
        assertThat(source.twice).isZero();
      }

      assertThat((double) inTime / sent).isGreaterThan(0.9995);
      assertThat(link.told).isEmpty();
      assertThat(link.sender.totals().estimateBitsPerSecond()).isGreaterThan(40_000_000);
      assertThat(link.sender.totals().retransmitted()).isLessThan(link.there.datagrams / 30);
      var statistics = link.receiver.statistics(1);
      assertThat(statistics.lostBeforeRepair()).isEqualTo(statistics.repaired() + statistics.lostAfterRepair());
      assertThat(statistics.missing()).isZero();
    }
  }

  @Test
  void moreThanHalfOfAllSequencesCanBeLost() {
    try (SimulatedLink link = new SimulatedLink(20, 0, 3)) {
      Source fast = link.pictures(0, 20_000_000);
      link.run(2);
      int before = fast.sent;
      link.there.cut = true;
      while (fast.sent - before < 40_000) {
        link.run(0.1);
      }
      link.there.cut = false;
      int from = fast.sent;
      int arrived = fast.arrived.cardinality();
      link.run(5).finish();

      assertThat(fast.twice).isZero();
      assertThat(fast.arrived.cardinality() - arrived).isGreaterThanOrEqualTo(fast.sent - from);
    }
  }
}
