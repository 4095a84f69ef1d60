package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.testing.Await;
import live.sluice.rtc.dtls.DtlsEnd.Reason;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;

class DtlsEndpointTest {
  private static final DtlsSettings SETTINGS = DtlsSettings.DEFAULT;
  private static final DtlsEndpoints NODE = new DtlsEndpoints(DtlsIdentity.create(), SETTINGS);
  private static final DtlsEndpoints PLAYER = new DtlsEndpoints(DtlsIdentity.create(), SETTINGS);

  @Test
  void bothRolesComeToTheSameKeysOfTheBestProfile() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    TestPeer client = client(PLAYER, fingerprintOf(NODE));
    connect(client, server);

    SrtpKeys ofServer = server.keys();
    SrtpKeys ofClient = client.keys();
    assertThat(ofServer.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(ofClient.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(ofServer.sendKey()).isEqualTo(ofClient.receiveKey()).hasSize(16);
    assertThat(ofServer.sendSalt()).isEqualTo(ofClient.receiveSalt()).hasSize(12);
    assertThat(ofServer.receiveKey()).isEqualTo(ofClient.sendKey()).isNotEqualTo(ofServer.sendKey());
    assertThat(ofServer.receiveSalt()).isEqualTo(ofClient.sendSalt());
    closeBoth(client, server);
  }

  @Test
  void aPeerThatIsClosedSaysSo() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    TestPeer client = client(PLAYER, fingerprintOf(NODE));
    connect(client, server);
    server.keys();
    client.keys();

    client.endpoint().close();
    assertThat(client.end().reason()).isEqualTo(Reason.CLOSED_HERE);
    assertThat(server.end().reason()).isEqualTo(Reason.CLOSED_BY_PEER);
    assertThat(server.endpoint().receive(Unpooled.wrappedBuffer(new byte[20]))).isFalse();
    // A second time is one time.
    client.endpoint().close();
    server.endpoint().close();
  }

  @Test
  void aClientWithAnotherCertificateThanItsFingerprintIsRefused() {
    TestPeer server = server(NODE, fingerprintOf(NODE));
    TestPeer client = client(PLAYER, fingerprintOf(NODE));
    connect(client, server);

    assertThat(server.end().reason()).isEqualTo(Reason.REFUSED_HERE);
    assertThat(server.end().detail()).contains("fingerprint");
    assertThat(client.end().reason()).isEqualTo(Reason.REFUSED_BY_PEER);
    assertThat(server.hasKeys() || client.hasKeys()).isFalse();
  }

  @Test
  void aServerWithAnotherCertificateThanItsFingerprintIsRefused() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    TestPeer client = client(PLAYER, fingerprintOf(PLAYER));
    connect(client, server);

    assertThat(client.end().reason()).isEqualTo(Reason.REFUSED_HERE);
    assertThat(server.end().reason()).isEqualTo(Reason.REFUSED_BY_PEER);
  }

  @Test
  void aHandshakeThatIsNotAnsweredEndsInTime() {
    DtlsEndpoints hasty = new DtlsEndpoints(DtlsIdentity.create(), shorter(Duration.ofMillis(300)));
    AtomicInteger sent = new AtomicInteger();
    TestPeer client = client(hasty, fingerprintOf(NODE));
    client.wire(datagram -> sent.incrementAndGet());
    client.endpoint().start();

    assertThat(client.end().reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(sent.get()).as("it was sent again").isGreaterThanOrEqualTo(2);
    assertThat(hasty.handshakes()).isZero();
  }

  @Test
  void anEndpointThatNeverBeganTellsItsEndToo() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    server.endpoint().close();
    assertThat(server.end().reason()).isEqualTo(Reason.CLOSED_HERE);
    assertThat(server.endpoint().receive(clientHelloFragment(50))).isFalse();
  }

  @Test
  void aHandshakeCanBeBrokenOff() {
    TestPeer client = client(PLAYER, fingerprintOf(NODE));
    client.endpoint().start();
    client.endpoint().close();
    assertThat(client.end().reason()).isEqualTo(Reason.CLOSED_HERE);
    Await.until("its turn is free again", () -> PLAYER.handshakes() == 0);
  }

  @Test
  void theFirstDatagramStartsAServerUnlessItIsNoDtls() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    assertThat(server.endpoint().receive(Unpooled.wrappedBuffer(new byte[100]))).isFalse();
    assertThat(server.endpoint().receive(clientHelloFragment(50))).isTrue();
    server.endpoint().close();
    assertThat(server.end().reason()).isEqualTo(Reason.CLOSED_HERE);
  }

  @Test
  void moreHandshakesThanTakenWaitAndThenAreRefused() {
    DtlsSettings one = new DtlsSettings(Duration.ofMillis(300), Duration.ofMillis(200), 1, 200, 32, 1200);
    DtlsEndpoints small = new DtlsEndpoints(DtlsIdentity.create(), one);
    TestPeer first = client(small, fingerprintOf(NODE));
    TestPeer second = client(small, fingerprintOf(NODE));
    first.endpoint().start();
    Await.until("the first has its turn", () -> small.handshakes() == 1 || first.ended());
    second.endpoint().start();

    assertThat(first.end().reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(second.end().reason()).isIn(Reason.OVERLOADED, Reason.TIMED_OUT);
    assertThat(small.handshakes()).isZero();
  }

  @Test
  void aServerTakesATurnOnlyWhenItsClientBegins() {
    DtlsEndpoints small = new DtlsEndpoints(DtlsIdentity.create(), onlyOne(Duration.ofSeconds(10)));
    TestPeer idle = server(small, fingerprintOf(PLAYER));
    idle.endpoint().start();
    assertThat(idle.endpoint().receive(record(23))).isFalse();
    assertThat(small.handshakes() + small.waiting()).isZero();

    TestPeer server = server(small, fingerprintOf(PLAYER));
    TestPeer client = client(PLAYER, fingerprintOf(small));
    connect(client, server);
    server.keys();
    client.keys();
    closeBoth(client, server);
  }

  @Test
  void aHandshakeWhosePeerIsSilentGivesItsTurnToOneThatWaits() {
    DtlsEndpoints small = new DtlsEndpoints(DtlsIdentity.create(), onlyOne(Duration.ofMillis(100)));
    TestPeer silent = server(small, fingerprintOf(PLAYER));
    silent.endpoint().receive(clientHelloFragment(50));
    Await.until("it has the only turn", () -> small.handshakes() == 1);

    TestPeer server = server(small, fingerprintOf(PLAYER));
    TestPeer client = client(PLAYER, fingerprintOf(small));
    connect(client, server);
    server.keys();
    client.keys();
    assertThat(silent.end().reason()).isEqualTo(Reason.OVERLOADED);
    closeBoth(client, server);
    assertThat(small.handshakes()).isZero();
  }

  @Test
  void whoIsClosedWaitsForNoTurn() {
    DtlsEndpoints small = new DtlsEndpoints(DtlsIdentity.create(), onlyOne(Duration.ofSeconds(10)));
    TestPeer first = client(small, fingerprintOf(NODE));
    first.endpoint().start();
    Await.until("the first has its turn", () -> small.handshakes() == 1);
    TestPeer second = client(small, fingerprintOf(NODE));
    second.endpoint().start();
    Await.until("the second waits", () -> small.waiting() == 1);

    second.endpoint().close();
    assertThat(second.end().reason()).isEqualTo(Reason.CLOSED_HERE);
    assertThat(small.waiting()).isZero();
    assertThat(first.ended()).isFalse();
    first.endpoint().close();
  }

  @Test
  void aPeerThatSendsEndlesslyBeforeItsHandshakeIsDoneIsRefused() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    ByteBuf fragment = clientHelloFragment(50);
    Await.until(
        "it is refused",
        () -> {
          for (int i = 0; i < 30; i++) {
            server.endpoint().receive(fragment);
          }
          return server.ended();
        });
    assertThat(server.end().reason()).isEqualTo(Reason.REFUSED_HERE);
    assertThat(server.end().detail()).contains("200 datagrams");
  }

  @Test
  void datagramsThatAreTooLongOrTooManyAreDropped() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    server.endpoint().receive(clientHelloFragment(50));
    assertThat(server.endpoint().receive(Unpooled.wrappedBuffer(new byte[2049]))).isFalse();
    assertThat(server.endpoint().receive(Unpooled.wrappedBuffer(new byte[12]))).isFalse();
    assertThat(server.endpoint().receive(Unpooled.wrappedBuffer(new byte[2048]))).isTrue();
    server.endpoint().close();
  }

  /** CVE-2026-59646: 16 datagrams of 26 bytes took 272 MB. */
  @Test
  void declaredLengthsTakeNoMemoryAndHarmNoHandshake() {
    TestPeer server = server(NODE, fingerprintOf(PLAYER));
    for (int sequence = 0; sequence < 16; sequence++) {
      ByteBuf attack = clientHelloFragment(0xffffff);
      attack.setShort(13 + 4, sequence);
      server.endpoint().receive(attack);
    }
    TestPeer client = client(PLAYER, fingerprintOf(NODE));
    connect(client, server);

    server.keys();
    client.keys();
    closeBoth(client, server);
  }

  @Test
  void theNodeWarmsItselfUp() {
    DtlsEndpoints cold = new DtlsEndpoints(DtlsIdentity.create(), SETTINGS);
    cold.warmUp(2);
    Await.until("no handshake is left", () -> cold.handshakes() == 0);
  }

  /** The first byte of a ClientHello that says it has {@code length}. */
  private static ByteBuf clientHelloFragment(int length) {
    String message = "01" + HexFormat.of().toHexDigits(length, 6) + "0000" + "000000" + "000001" + "00";
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex("16fefd" + "0000" + "000000000000" + "000d" + message));
  }

  /** An empty record of that type. */
  private static ByteBuf record(int type) {
    return Unpooled.buffer().writeByte(type).writeShort(0xfefd).writeZero(8).writeShort(20).writeZero(20);
  }

  private static DtlsSettings onlyOne(Duration silence) {
    return new DtlsSettings(Duration.ofSeconds(10), Duration.ofMillis(200), 1, 200, 32, 1200, silence);
  }

  private static DtlsSettings shorter(Duration handshake) {
    return new DtlsSettings(handshake, Duration.ofMillis(100), 256, 200, 32, 1200);
  }

  private static CertificateFingerprint fingerprintOf(DtlsEndpoints who) {
    return who.identity().fingerprint();
  }

  private static TestPeer server(DtlsEndpoints who, CertificateFingerprint remote) {
    return TestPeer.of(who, DtlsRole.SERVER, remote);
  }

  private static TestPeer client(DtlsEndpoints who, CertificateFingerprint remote) {
    return TestPeer.of(who, DtlsRole.CLIENT, remote);
  }

  private static void connect(TestPeer client, TestPeer server) {
    client.wire(server.endpoint()::receive);
    server.wire(client.endpoint()::receive);
    client.endpoint().start();
  }

  private static void closeBoth(TestPeer client, TestPeer server) {
    client.endpoint().close();
    server.endpoint().close();
    client.end();
    server.end();
  }
}
