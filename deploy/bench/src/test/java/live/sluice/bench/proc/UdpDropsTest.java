package live.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UdpDropsTest {
  @Test
  void theCounterIsFoundByItsName() {
    List<String> lines =
        List.of(
            "Tcp: RtoAlgorithm RtoMin",
            "Tcp: 1 200",
            "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors",
            "Udp: 100 2 3 90 17 0",
            "UdpLite: InDatagrams RcvbufErrors",
            "UdpLite: 0 5");
    assertThat(UdpDrops.count(lines)).isEqualTo(17);
    assertThat(UdpDrops.count(List.of("Udp: InDatagrams", "Udp: 1"))).isZero();
    assertThat(UdpDrops.count()).isNotNegative();
  }
}
