package live.sluice.hop.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopIdentityTest {
  @TempDir private Path folder;

  private final TestAuthority cluster = new TestAuthority("the cluster");
  private final Instant start = cluster.now;
  private final byte[] nonce = new byte[HopIdentity.NONCE_BYTES];

  private HopIdentity identity(String id) {
    return cluster.identity(folder.resolve(id), id);
  }

  private HopIdentity load(TestAuthority.Signed node) {
    return TestAuthority.load(folder.resolve("x"), node, cluster, InstantSource.fixed(start));
  }

  @Test
  void aNodeKnowsAnotherOneByItsCertificate() {
    HopIdentity edge = identity("edge-1");
    assertThat(edge.nodeId()).isEqualTo("edge-1");
    assertThat(identity("origin-0").nodeIdOf(edge.chain())).isEqualTo("edge-1");
    assertThat(edge.expires()).isAfter(start);
    assertThatCode(() -> edge.trust().checkServerTrusted(identity("b").chain().toArray(new X509Certificate[0]), "UNKstartN"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aClientProvesThatItHasTheKeyOfItsCertificate(String algorithm) {
    HopIdentity server = identity("server");
    HopIdentity client = load(cluster.node(algorithm, "client", start, Duration.ofDays(1)));
    byte[] proof = client.sign(nonce, server.chain().getFirst());
    List<X509Certificate> sent = HopIdentity.decodeChain(client.encodedChain());
    assertThat(server.verify(sent, nonce, proof)).isEqualTo("client");

    byte[] otherNonce = nonce.clone();
    otherNonce[0] = 1;
    refused(() -> server.verify(sent, otherNonce, proof), "does not have its certificate's key");
    refused(() -> server.verify(server.chain(), nonce, proof), "does not have its certificate's key");
    refused(() -> server.verify(sent, nonce, new byte[0]), "does not have its certificate's key");
    refused(() -> server.verify(sent, nonce, Arrays.copyOf(proof, 5000)), "does not have its certificate's key");
  }

  @Test
  void aProofCantBePassedOnToAnotherServer() {
    HopIdentity client = identity("client");
    byte[] proof = client.sign(nonce, identity("in-the-middle").chain().getFirst());
    refused(() -> identity("server").verify(client.chain(), nonce, proof), "does not have its certificate's key");
  }

  @Test
  void aNonceOfAnotherLengthIsNotSigned() {
    HopIdentity node = identity("a");
    assertThatThrownBy(() -> node.sign(new byte[31], node.chain().getFirst()))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }

  @Test
  void aStrangerIsToldFromOneWhoIsExpired() {
    HopIdentity node = identity("a");
    refused(() -> node.nodeIdOf(List.of(new TestAuthority("somebody").node("b").certificate())), "signed by a stranger");
    refused(
        () -> node.nodeIdOf(List.of(new TestAuthority("the cluster").node("b").certificate())),
        "signed by a stranger");
    refused(
        () -> node.nodeIdOf(List.of(cluster.node("EC", "b", start.minus(Duration.ofDays(1)), Duration.ofHours(1)).certificate())),
        "has expired, on ");
    refused(
        () -> node.nodeIdOf(List.of(cluster.node("EC", "b", start.plusSeconds(60), Duration.ofHours(1)).certificate())),
        "is not valid before ");
  }

  @Test
  void itExpiresWhileTheNodeRuns() {
    AtomicReference<Instant> now = new AtomicReference<>(start);
    HopIdentity node = TestAuthority.load(folder.resolve("x"), cluster.node("a"), cluster, now::get);
    List<X509Certificate> peer = List.of(cluster.node("b").certificate());
    assertThat(node.nodeIdOf(peer)).isEqualTo("b");
    now.set(start.plus(Duration.ofDays(11)));
    refused(() -> node.nodeIdOf(peer), "has expired");
    assertThatThrownBy(() -> node.trust().checkServerTrusted(peer.toArray(new X509Certificate[0]), "UNKstartN"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("has expired");
  }

  @Test
  void aCertificateThatNamesNoNodeIsRefused() {
    HopIdentity node = identity("a");
    refused(() -> node.nodeIdOf(List.of(cluster.withoutId("b").certificate())), "names no node");
    refused(() -> node.nodeIdOf(List.of(cluster.certificate())), "is that of an authority");
    refused(() -> node.nodeIdOf(List.of()), "a chain of 0 certificates");
    refused(() -> node.nodeIdOf(List.of(cluster.node("../x").certificate())), "names no node");
  }

  @Test
  void theAuthorityMayStandInTheChain() {
    HopIdentity node = identity("a");
    assertThat(node.nodeIdOf(List.of(cluster.node("b").certificate(), cluster.certificate()))).isEqualTo("b");
  }

  @Test
  void whatIsSentAsAChainIsBounded() {
    assertThatThrownBy(() -> HopIdentity.decodeChain(List.of(new byte[20_000])))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.TOO_LARGE));
    refused(() -> HopIdentity.decodeChain(List.of(new byte[] {1, 2, 3})), "what should be a certificate is none");
  }

  @Test
  void tlsGetsTheKeyAndItsChain() throws Exception {
    HopIdentity node = identity("a");
    assertThat(node.keyStore("x".toCharArray()).getKey("node", "x".toCharArray())).isNotNull();
    assertThat(node.keyStore("x".toCharArray()).getCertificateChain("node")).hasSize(1);
    assertThat(node.trustStore().size()).isEqualTo(1);
  }

  @Test
  void filesThatDoNotBelongTogetherAreToldByTheirKeys() throws IOException {
    TestAuthority.Signed one = cluster.node("one");
    invalid(() -> load(new TestAuthority.Signed(one.certificate(), cluster.node("two").key())), "is not the key of hop.certificate");
    invalid(() -> load(new TestAuthority("x").node("b")), "hop.certificate is '", "signed by a stranger");
    invalid(
        () -> load(cluster.node("EC", "b", start.minus(Duration.ofDays(1)), Duration.ofHours(1))),
        "hop.certificate is '", "has expired");
    Path none = folder.resolve("none.pem");
    invalid(() -> HopIdentity.load(none, none, none, InstantSource.system()), "hop.certificate is '", "is not there");
  }

  @Test
  void aKeyIsNeverShown() throws IOException {
    TestAuthority.Signed one = cluster.node("one");
    String secret = Base64.getEncoder().encodeToString(one.key().getEncoded());
    assertThat(load(one).toString()).doesNotContain(secret.substring(40, 60)).contains("one");
    Path broken = folder.resolve("x/node-key.pem");
    for (String form : List.of("PRIVATE KEY", "EC PRIVATE KEY", "SOMETHING")) {
      Files.writeString(broken, "-----BEGIN " + form + "-----\n" + secret.substring(8) + "\n-----END " + form + "-----\n");
      assertThatThrownBy(
              () -> HopIdentity.load(folder.resolve("x/node.pem"), broken, folder.resolve("x/ca.pem"), InstantSource.system()))
          .hasMessageContaining("hop.key is '")
          .hasNoCause()
          .hasMessageNotContaining(secret.substring(40, 60));
    }
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.UNAUTHORIZED));
  }

  private static void invalid(ThrowingCallable call, String... why) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(why)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.CONFIG_INVALID));
  }
}
