package live.sluice.bench.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkWatchTest {
  private static Metrics sample(long sent, long rest, double estimate) {
    return Metrics.read(
        """
        # HELP sluice_hop_packets_total Packets
        sluice_hop_packets_total{node="b",region="r2",direction="sent"} %d
        sluice_hop_packets_total{node="b",region="r2",direction="received"} 0
        sluice_hop_packets_total{node="c",region="r3",direction="sent"} 9
        sluice_hop_dropped_packets_total{node="b",region="r2",class="rest"} %d
        sluice_hop_dropped_packets_total{node="b",region="r2",class="audio"} 1
        sluice_hop_send_estimate_bits_per_second{node="b",region="r2"} %s
        sluice_hop_loss_ratio{node="b",region="r2"} 0.02
        sluice_hop_round_trip_seconds{node="b",region="r2"} 0.05
        sluice_streams{source="local"} 4
        """
            .formatted(sent, rest, estimate),
        "sluice_hop_");
  }

  @Test
  void countsAreThoseOfTheCellAndTheLeastEstimateIsKept() {
    LinkWatch watch = new LinkWatch("a");
    watch.add(sample(100, 5, 8e6));
    watch.add(sample(160, 5, 1.5e6));
    watch.add(sample(200, 7, 9e6));
    assertThat(watch.figures())
        .containsExactly(new HopFigures("a", "b", 100, 0, 0, 0, 0, 0, Map.of("rest", 2L), 1_500, 2, 50));
  }

  @Test
  void aLinkThatBeganAnewIsCountedFromThereOn() {
    LinkWatch watch = new LinkWatch("a");
    watch.add(sample(100, 5, 8e6));
    watch.add(sample(20, 0, 8e6));
    watch.add(sample(50, 0, 8e6));
    assertThat(watch.figures().getFirst().sent()).isEqualTo(30);
  }

  @Test
  void aNodeThatNeverAnsweredTellsNothing() {
    assertThat(new LinkWatch("a").figures()).isEmpty();
  }
}
