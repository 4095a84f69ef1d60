package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path does that is no congestion, and what is. */
class PathChangesTest {
  private static final long MS = SimulatedLink.MS;

  private final SimulatedLink link = new SimulatedLink(60, 0.001, 11);

  private void tenStreams() {
    for (int i = 0; i < 10; i++) {
      link.pictures(0, 2_500_000);
      link.sound();
    }
  }

  @Test
  void keyframesOnALinkWithLittleToSpareLeaveNothingOut() {
    link.there.rate = 32_000_000;
    tenStreams();
    link.run(60).finish();

    assertThat(link.told).isEmpty();
    link.sources.forEach(source -> assertThat(source.shareInTime()).isGreaterThan(0.9995));
    link.close();
  }

  @Test
  void whereThereIsRoomForHalfOfTheStreamsHalfOfThemPlayOn() {
    link.there.rate = 15_000_000;
    tenStreams();
    link.run(60).finish();

    assertThat(link.there.worstQueue).isLessThan(350 * MS);
    assertThat(link.sources).filteredOn(source -> source.sound).allMatch(source -> source.shareArrived() > 0.999);
    assertThat(link.sources).filteredOn(source -> !source.sound && source.shareArrived() > 0.95).hasSizeGreaterThan(3);
    link.close();
  }

  @Test
  void aLongerWayIsFoundOut() {
    tenStreams();
    link.run(20);
    link.there.propagation += 30 * MS;
    link.run(20);

    assertThat(link.sender.totals().queueingNanos()).isLessThan(5 * MS);
    link.told.clear();
    link.run(20);
    assertThat(link.sender.totals().congested()).isFalse();
    assertThat(link.told).doesNotContain("left out 1");
    link.close();
  }

  /** Of one stream nothing would be left where its pictures were left out. */
  @ParameterizedTest(name = "{0} ms longer, {1} streams")
  @CsvSource({"20, 1", "25, 1", "50, 1", "120, 1", "25, 10", "50, 10"})
  void aLongerWayCostsNothing(long ms, int streams) {
    link.there.jitter = 2 * MS;
    for (int i = 0; i < streams; i++) {
      link.pictures(0, 2_500_000);
      link.sound();
    }
    for (int change = 0; change < 3; change++) {
      link.run(12);
      link.there.propagation += (change % 2 == 0 ? 1 : -1) * ms * MS;
    }
    link.run(12).finish();

    assertThat(link.told).isEmpty();
    assertThat(link.sender.totals().congested()).isFalse();
    assertThat(link.sources).allSatisfy(source -> assertThat(source.shareArrived()).isGreaterThan(0.999));
    link.close();
  }

  @ParameterizedTest(name = "{0} ms")
  @ValueSource(ints = {5, 15, 30})
  void jitterIsNoCongestion(int ms) {
    link.there.jitter = ms * MS;
    tenStreams();
    link.run(30).finish();

    assertThat(link.told).isEmpty();
    assertThat(link.sender.totals().congested()).isFalse();
    assertThat((double) link.sender.totals().retransmitted() / link.there.datagrams).isLessThan(0.02);
    link.sources.forEach(source -> assertThat(source.shareInTime()).isGreaterThan(0.998));
    link.close();
  }

  @Test
  void muchLossIsCongestionAndPassesWithIt() {
    tenStreams();
    link.run(5);
    link.there.loss = 0.2;
    link.run(5);
    assertThat(link.sender.totals().estimateBitsPerSecond()).isLessThan(25_000_000);
    assertThat(link.sender.totals().lossBeforeRepair()).isBetween(0.1, 0.25);

    link.there.loss = 0.01;
    link.run(30);
    assertThat(link.sender.totals().congested()).isFalse();
    link.close();
  }

  @Test
  void aHundredMegabitsStartAtOnceWhereThePathHasThem() {
    for (int i = 0; i < 40; i++) {
      link.pictures(i % 3, 2_500_000);
    }
    link.run(10).finish();

    assertThat(link.told).isEmpty();
    assertThat(link.sender.totals().estimateBitsPerSecond()).isGreaterThan(100_000_000);
    link.sources.forEach(source -> assertThat(source.shareArrived()).isEqualTo(1));
    link.close();
  }
}
