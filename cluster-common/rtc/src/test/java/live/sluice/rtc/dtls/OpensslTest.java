package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import live.sluice.media.testing.Await;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both roles against OpenSSL's programs, by UDP, where the machine has them: both sides come to the same keys. */
@Timeout(60)
class OpensslTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path directory;

  private final DtlsEndpoints endpoints = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);
  private DatagramSocket socket;
  private volatile SocketAddress peer;
  private Process openssl;

  @BeforeEach
  void makeCertificate() throws Exception {
    needOpenssl();
    socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=peer", "-keyout", "key.pem", "-out", "cert.pem");
    assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(openssl.exitValue()).isZero();
  }

  @AfterEach
  void end() throws InterruptedException {
    if (openssl != null) {
      openssl.destroy();
      openssl.waitFor();
    }
    if (socket != null) {
      socket.close();
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void opensslAsClientShakesHands(SrtpProfile profile) throws Exception {
    TestPeer server = TestPeer.of(endpoints, DtlsRole.SERVER, fingerprint());
    join(server);
    run(arguments(profile, "s_client", "-connect", "127.0.0.1:" + socket.getLocalPort()));

    SrtpKeys keys = server.keys();
    assertThat(keys.profile()).isEqualTo(profile);
    assertThat(keyingMaterial())
        .isEqualTo(inOrder(keys.receiveKey(), keys.sendKey(), keys.receiveSalt(), keys.sendSalt()));
    close(server);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void opensslAsServerShakesHands(SrtpProfile profile) throws Exception {
    int port = freePort();
    peer = new InetSocketAddress(LOOPBACK, port);
    run(arguments(profile, "s_server", "-accept", "127.0.0.1:" + port, "-Verify", "1"));
    TestPeer client = TestPeer.of(endpoints, DtlsRole.CLIENT, fingerprint());
    join(client);
    // What comes before the program listens is lost, and sent again.
    client.endpoint().start();

    SrtpKeys keys = client.keys();
    assertThat(keys.profile()).isEqualTo(profile);
    assertThat(keyingMaterial())
        .isEqualTo(inOrder(keys.sendKey(), keys.receiveKey(), keys.sendSalt(), keys.receiveSalt()));
    close(client);
  }

  private String[] arguments(SrtpProfile profile, String... command) {
    String name = profile == SrtpProfile.AEAD_AES_128_GCM ? "SRTP_AEAD_AES_128_GCM" : "SRTP_AES128_CM_SHA1_80";
    int length = 2 * (profile.keyBytes() + profile.saltBytes());
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("-dtls1_2", "-cert", "cert.pem", "-key", "key.pem", "-use_srtp", name));
    all.addAll(List.of("-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", Integer.toString(length)));
    return all.toArray(String[]::new);
  }

  private void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(Arrays.asList(arguments));
    openssl =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
  }

  /** What OpenSSL exported, in hexadecimal. */
  private String keyingMaterial() throws IOException {
    String mark = "Keying material: ";
    Path out = directory.resolve("out");
    Await.until(
        "openssl prints its keys: " + Files.readString(out),
        () -> {
          String text = Files.readString(out);
          int at = text.indexOf(mark);
          return at >= 0 && text.indexOf('\n', at) > 0;
        });
    try (BufferedReader reader = Files.newBufferedReader(out)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.contains(mark)) {
          return line.substring(line.indexOf(mark) + mark.length()).strip().toLowerCase(Locale.ROOT);
        }
      }
    }
    throw new AssertionError("no keys");
  }

  private void join(TestPeer ours) {
    ours.wire(this::send);
    Thread.ofVirtual().start(() -> receive(ours));
  }

  private void send(ByteBuf datagram) {
    byte[] bytes = new byte[datagram.readableBytes()];
    datagram.getBytes(datagram.readerIndex(), bytes);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, peer));
    } catch (IOException e) {
      // As on any network: what is lost is sent again.
    }
  }

  private void receive(TestPeer ours) {
    byte[] bytes = new byte[4096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
      } catch (SocketException e) {
        continue;
      } catch (IOException e) {
        return;
      }
      peer = packet.getSocketAddress();
      ours.endpoint().receive(Unpooled.wrappedBuffer(bytes, 0, packet.getLength()));
    }
  }

  private CertificateFingerprint fingerprint() throws Exception {
    try (var in = Files.newInputStream(directory.resolve("cert.pem"))) {
      return CertificateFingerprint.of(
          CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
    }
  }

  private static void close(TestPeer ours) {
    ours.endpoint().close();
    assertThat(ours.end().reason()).isEqualTo(DtlsEnd.Reason.CLOSED_HERE);
  }

  private static int freePort() throws SocketException {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      return probe.getLocalPort();
    }
  }

  private static String inOrder(byte[]... parts) {
    StringBuilder all = new StringBuilder();
    for (byte[] part : parts) {
      all.append(HexFormat.of().formatHex(part));
    }
    return all.toString();
  }

  private static void needOpenssl() {
    if (!hasOpenssl()) {
      throw new AssertionError("openssl is missing here: apt-get install openssl");
    }
  }

  private static boolean hasOpenssl() {
    try {
      ProcessBuilder version = new ProcessBuilder("openssl", "version");
      return version.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
