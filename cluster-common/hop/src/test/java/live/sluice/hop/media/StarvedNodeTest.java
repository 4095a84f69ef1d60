package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes on a machine that lends its processors to others: what arrives is late now and then, and the path carries all. */
class StarvedNodeTest {
  private static final long MS = SimulatedLink.MS;

  @ParameterizedTest(name = "stalls of up to {0} ms, {1} ms between, {2} streams")
  @CsvSource({"40, 100, 1", "150, 30, 1", "100, 40, 10"})
  void nothingIsLeftOut(long stallMs, long runMs, int streams) {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      for (Path path : new Path[] {link.there, link.back}) {
        path.stalls = stallMs * MS;
        path.runs = runMs * MS;
      }
      for (int i = 0; i < streams; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(30).finish();

      assertThat(link.sources).allSatisfy(source -> assertThat(source.shareArrived()).isGreaterThan(0.999));
    }
  }

  /** A burst of others on the way, or a machine that stands still: afterwards it carries what it did. */
  @ParameterizedTest(name = "{0} Mb/s for {1} ms")
  @CsvSource({"8, 700", "3, 400", "15, 1500", "1, 1000"})
  void aMomentOfCongestionCostsAMoment(long megabits, long ms) {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      link.there.queueNanos = 1_000 * MS;
      for (int i = 0; i < 10; i++) {
        link.pictures(0, 2_500_000);
        link.sound();
      }
      link.run(20);
      int sent = link.sources.stream().mapToInt(source -> source.sent).sum();
      int arrived = link.sources.stream().mapToInt(source -> source.arrived.cardinality()).sum();
      link.there.rate = megabits * 1_000_000;
      link.run(ms / 1e3);
      link.there.rate = 200_000_000;
      link.run(10 - ms / 1e3).finish();

      int sentThen = link.sources.stream().mapToInt(source -> source.sent).sum() - sent;
      int arrivedThen = link.sources.stream().mapToInt(source -> source.arrived.cardinality()).sum() - arrived;
      assertThat((double) arrivedThen / sentThen).isGreaterThan(0.75 - ms / 1e4);
    }
  }
}
