package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void aPortThatIsConfiguredIsKept() {
    Set<Integer> taken = new HashSet<>();
    assertThat(FreePort.tcp("127.0.0.1", 1935, taken)).isEqualTo(1935);
    assertThat(FreePort.tcpAndUdp("127.0.0.1", 8000, taken)).isEqualTo(8000);
  }

  @Test
  void aChosenPortIsFreeOfBothAndIsNotChosenAgain() throws IOException {
    Set<Integer> taken = new HashSet<>();
    int port = FreePort.tcpAndUdp("127.0.0.1", 0, taken);
    assertThat(taken).contains(port);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(address)) {
      tcp.bind(address);
      assertThat(udp.getLocalPort()).isEqualTo(tcp.getLocalPort());
    }
    assertThat(FreePort.tcp("127.0.0.1", 0, taken)).isNotEqualTo(port);
  }
}
