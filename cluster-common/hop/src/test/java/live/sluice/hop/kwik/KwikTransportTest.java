package live.sluice.hop.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import live.sluice.hop.identity.CertificateSecurity;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.identity.TestAuthority;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two transports on loopback. */
class KwikTransportTest {
  private final Recorder atServer = new Recorder();
  private final Recorder atClient = new Recorder();
  private final CompletableFuture<HopConnection> accepted = new CompletableFuture<>();
  private final List<KwikTransport> made = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    made.forEach(KwikTransport::close);
  }

  @Test
  void messagesAndDatagramsCrossBothWays() throws Exception {
    HopConnection near = connect();
    HopConnection far = accepted.get(5, TimeUnit.SECONDS);
    near.control(bytes("to the server"));
    far.control(bytes("to the client"));
    await(() -> !atServer.messages.isEmpty() && !atClient.messages.isEmpty());
    assertThat(atServer.messages.getFirst()).isEqualTo(bytes("to the server"));
    assertThat(atClient.messages.getFirst()).isEqualTo(bytes("to the client"));
    assertThat(near.send(new byte[1200])).isTrue();
    assertThat(far.send(new byte[1])).isTrue();
    near.flush();
    far.flush();
    await(() -> !atServer.datagrams.isEmpty() && !atClient.datagrams.isEmpty());
    assertThat(atServer.datagrams.getFirst()).hasSize(1200);
    assertThat(atClient.datagrams.getFirst()).hasSize(1);
    assertThat(near.dialled()).isTrue();
    assertThat(far.dialled()).isFalse();
  }

  /** With kwik alone nine of nine such runs stopped for ever. */
  @Test
  void streamsOfLargeWritesSideBySideArriveWhole() throws Exception {
    HopConnection near = connect();
    List<OutStream> streams = new ArrayList<>();
    int total = 2 << 20;
    for (int i = 0; i < 3; i++) {
      streams.add(near.open());
    }
    for (int at = 0; at < total; at += 32 << 10) {
      for (OutStream stream : streams) {
        byte[] piece = new byte[32 << 10];
        for (int i = 0; i < piece.length; i++) {
          piece[i] = (byte) ((at + i) % 251);
        }
        stream.write(piece);
      }
    }
    streams.forEach(OutStream::end);
    await(() -> atServer.streams.size() == 3);
    for (Recorder.Received received : atServer.streams) {
      assertThat(received.whole.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(received.bytes.get()).isEqualTo(total);
    }
    await(() -> streams.stream().allMatch(stream -> stream.waiting() == 0));
  }

  @Test
  void theServersStreamsReachTheClient() throws Exception {
    connect();
    OutStream stream = accepted.get(5, TimeUnit.SECONDS).open();
    stream.write(new byte[] {0, 1, 2, 3});
    stream.end();
    await(() -> !atClient.streams.isEmpty());
    assertThat(atClient.streams.getFirst().whole.get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(atClient.streams.getFirst().bytes.get()).isEqualTo(4);
  }

  @Test
  void bothSidesAreToldOfTheEnd() throws Exception {
    HopConnection near = connect();
    near.close("enough");
    assertThat(atClient.closed.get(5, TimeUnit.SECONDS)).isEqualTo("enough");
    assertThat(atServer.closed.get(5, TimeUnit.SECONDS)).contains("the other node ended it");
    assertThat(near.send(new byte[1])).isFalse();
  }

  @Test
  void whereNobodyListensItFailsInTime() {
    KwikTransport client = transport(new LoopbackSecurity());
    assertThat(client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), connection -> atClient))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("can't link with");
  }

  @Test
  void nodesOfOneAuthorityKnowEachOther() throws Exception {
    TestAuthority authority = new TestAuthority("cluster");
    HopConnection near = connect(security(authority, "a"), security(authority, "b"));
    assertThat(near.peer()).isEqualTo("a");
    assertThat(accepted.get(5, TimeUnit.SECONDS).peer()).isEqualTo("b");
  }

  @Test
  void aClientOfAnotherClusterIsRefusedThoughItTakesTheServer() {
    TestAuthority authority = new TestAuthority("cluster");
    HopSecurity stranger = new TrustingAll(security(new TestAuthority("cluster"), "b"));
    refused(security(authority, "a"), stranger, "did not take this node's certificate");
    assertThat(accepted).isNotDone();
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    refused(
        security(new TestAuthority("cluster"), "a"), new LoopbackSecurity(), "did not take this node's certificate");
    assertThat(accepted).isNotDone();
  }

  @Test
  void aServerOfAnotherClusterIsRefused() {
    refused(security(new TestAuthority("other"), "a"), security(new TestAuthority("cluster"), "b"), "");
    assertThat(accepted).isNotDone();
  }

  @Test
  void anExpiredServerIsRefused() {
    TestAuthority authority = new TestAuthority("cluster");
    TestAuthority.Signed old =
        authority.node("EC", "a", authority.now.minus(Duration.ofHours(2)), Duration.ofHours(1));
    HopSecurity expired =
        new CertificateSecurity(
            authority.identity(folder.resolve("old"), old, authority.now.minus(Duration.ofMinutes(90))));
    refused(expired, security(authority, "b"), "");
    assertThat(accepted).isNotDone();
  }

  @Test
  void anExpiredClientIsRefused() {
    TestAuthority authority = new TestAuthority("cluster");
    TestAuthority.Signed old =
        authority.node("EC", "b", authority.now.minus(Duration.ofHours(2)), Duration.ofHours(1));
    HopSecurity expired =
        new TrustingAll(
            new CertificateSecurity(
                authority.identity(folder.resolve("old"), old, authority.now.minus(Duration.ofMinutes(90)))));
    refused(security(authority, "a"), expired, "did not take this node's certificate");
    assertThat(accepted).isNotDone();
  }

  private void refused(HopSecurity ofServer, HopSecurity ofClient, String why) {
    KwikTransport server = transport(ofServer);
    InetSocketAddress address = server.listen(anyPort(), this::accept);
    assertThat(transport(ofClient).connect(address, connection -> atClient))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(SluiceException.class)
        .withMessageContaining(why)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.UNAUTHORIZED));
  }

  private CertificateSecurity security(TestAuthority authority, String node) {
    return new CertificateSecurity(authority.identity(folder.resolve(node + made.size()), node));
  }

  private HopConnection connect() throws Exception {
    return connect(new LoopbackSecurity(), new LoopbackSecurity());
  }

  private HopConnection connect(HopSecurity ofServer, HopSecurity ofClient) throws Exception {
    InetSocketAddress address = transport(ofServer).listen(anyPort(), this::accept);
    return transport(ofClient)
        .connect(address, connection -> atClient)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private Recorder accept(HopConnection connection) {
    accepted.complete(connection);
    return atServer;
  }

  private KwikTransport transport(HopSecurity security) {
    KwikTransport transport = new KwikTransport(security);
    made.add(transport);
    return transport;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("ns past the limit").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
