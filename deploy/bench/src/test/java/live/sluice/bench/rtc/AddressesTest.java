package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void theHostThatAnsweredComesFirstThenWhatHasThePriority() throws Exception {
    List<InetSocketAddress> addresses =
        Addresses.of(
            List.of(
                "candidate:1 1 udp 100 192.0.2.1 8000 typ host",
                "candidate:2 1 udp 300 192.0.2.2 8000 typ host",
                "candidate:3 1 tcp 900 192.0.2.3 8000 typ host tcptype passive",
                "candidate:4 1 udp 500 some-name.local 8000 typ host",
                "candidate:5 1 udp 200 127.0.0.1 8001 typ host",
                "candidate:6 1 udp 300 192.0.2.2 8000 typ host"),
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));

    assertThat(addresses)
        .containsExactly(
            at(127, 0, 0, 1, 8001),
            at(192, 0, 2, 2, 8000),
            at(192, 0, 2, 1, 8000));
  }

  private static InetSocketAddress at(int a, int b, int c, int d, int port) throws UnknownHostException {
    return new InetSocketAddress(
        InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}), port);
  }
}
