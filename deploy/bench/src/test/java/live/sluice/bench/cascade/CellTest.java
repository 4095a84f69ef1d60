package live.sluice.bench.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.bench.BenchException;
import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void packetsMayBeLateByOneAndAQuarterRoundTripsAnd60MsForEachHopBeyondTheWay() {
    assertThat(new Cell("quic", 100, 0, 1, 1).deadlineMs()).isEqualTo(50 + 125 + 60);
    assertThat(new Cell("quic", 100, 0, 1, 2).deadlineMs()).isEqualTo(100 + 250 + 120);
    assertThat(new Cell("quic", 0, 0, 1, 0).deadlineMs()).isEqualTo(60);
  }

  @Test
  void theBarIsLowerBeyondOnePercent() {
    assertThat(new Cell("quic", 100, 1, 1, 1).barPercent()).isEqualTo(99.9);
    assertThat(new Cell("quic", 100, 3, 1, 1).barPercent()).isEqualTo(99.5);
  }

  @Test
  void whatAHopAddsIsBeyondTheWayAndBeyondTheSamePercentileWithoutIt() {
    CellResult without = Samples.result(new Cell("quic", 0, 0, 1, 0), 100_000, 3, 9);
    CellResult twoHops = Samples.result(new Cell("quic", 100, 0, 1, 2), 100_000, 104, 111);
    assertThat(twoHops.addedMs(without)).isEqualTo(1);
  }

  @Test
  void soundAndPicturesCountTogetherForTheBar() {
    Cell cell = new Cell("quic", 100, 0, 1, 1);
    assertThat(Samples.result(cell, 99_900, 0, 0).met()).isTrue();
    assertThat(Samples.result(cell, 99_899, 0, 0).met()).isFalse();
    assertThat(CellResult.failed(cell, "", "no players").met()).isFalse();
  }

  @Test
  void withoutAHopThereIsNeitherRoundTripNorLoss() {
    Matrix matrix = new Matrix(List.of("quic", "tcp"), List.of(0, 1), List.of(1), List.of(50, 100), List.of(0.0, 1.0));
    assertThat(matrix.cells()).hasSize(1 + 4 + 4).startsWith(new Cell("quic", 0, 0, 1, 0), new Cell("quic", 50, 0, 1, 1));
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThatThrownBy(() -> new Matrix(List.of("udp"), List.of(1), List.of(1), List.of(50), List.of(0.0)))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("--over");
    assertThatThrownBy(() -> new Matrix(List.of("quic"), List.of(3), List.of(1), List.of(50), List.of(0.0)))
        .hasMessageContaining("--hops");
  }
}
