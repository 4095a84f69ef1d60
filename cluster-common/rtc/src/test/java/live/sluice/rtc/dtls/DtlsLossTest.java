package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes over a bad network, a message to the datagram, which is the worst case. */
class DtlsLossTest {
  private static final int HANDSHAKES = 150;
  private static final DtlsEndpoints NODE = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);
  private static final DtlsEndpoints PLAYER = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);

  @ParameterizedTest
  @CsvSource({"0.05, 0, 0", "0, 0, 0.2", "0.05, 0.05, 0.1"})
  void allHandshakesSucceed(double loss, double duplicates, double swaps) {
    List<TestPeer> clients = new ArrayList<>();
    List<TestPeer> servers = new ArrayList<>();
    for (int i = 0; i < HANDSHAKES; i++) {
      TestPeer client = TestPeer.of(PLAYER, DtlsRole.CLIENT, NODE.identity().fingerprint());
      TestPeer server = TestPeer.of(NODE, DtlsRole.SERVER, PLAYER.identity().fingerprint());
      client.wire(new LossyWire(2L * i, loss, duplicates, swaps, server.endpoint()::receive));
      server.wire(new LossyWire(2L * i + 1, loss, duplicates, swaps, client.endpoint()::receive));
      client.endpoint().start();
      clients.add(client);
      servers.add(server);
    }

    for (int i = 0; i < HANDSHAKES; i++) {
      assertThat(servers.get(i).keys().sendKey()).isEqualTo(clients.get(i).keys().receiveKey());
    }
    clients.forEach(c -> c.endpoint().close());
    servers.forEach(s -> s.endpoint().close());
    clients.forEach(TestPeer::end);
    servers.forEach(TestPeer::end);
    assertThat(NODE.handshakes() + PLAYER.handshakes()).isZero();
  }
}
