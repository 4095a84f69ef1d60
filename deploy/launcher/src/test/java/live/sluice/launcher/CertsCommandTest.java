package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.hop.identity.HopIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CertsCommandTest {
  @TempDir private Path folder;

  @Test
  void nodesOfOneAuthorityKnowEachOther() throws IOException {
    certs("origin-0", "edge-0");
    byte[] authority = Files.readAllBytes(folder.resolve("ca.pem"));
    certs("edge-1");
    assertThat(Files.readAllBytes(folder.resolve("ca.pem"))).as("the authority is made once").isEqualTo(authority);
    HopIdentity origin = identity("origin-0");
    assertThat(origin.nodeId()).isEqualTo("origin-0");
    assertThat(origin.nodeIdOf(identity("edge-1").chain())).isEqualTo("edge-1");
    byte[] nonce = new byte[HopIdentity.NONCE_BYTES];
    byte[] proof = identity("edge-0").sign(nonce, origin.chain().getFirst());
    assertThat(origin.verify(identity("edge-0").chain(), nonce, proof)).isEqualTo("edge-0");
  }

  @Test
  void opensslFindsThemGood() throws Exception {
    certs("origin-0");
    String ca = folder.resolve("ca.pem").toString();
    String node = folder.resolve("origin-0.pem").toString();
    for (String purpose : List.of("sslserver", "sslclient")) {
      assertThat(openssl("verify", "-x509_strict", "-purpose", purpose, "-verify_hostname", "hop.sluice.internal", "-CAfile", ca, node))
          .isEqualTo(node + ": OK\n");
    }
    assertThat(openssl("x509", "-in", node, "-noout", "-text"))
        .contains("DNS:hop.sluice.internal, URI:sluice://node/origin-0")
        .contains("TLS Web Server Authentication, TLS Web Client Authentication")
        .contains("ASN1 OID: prime256v1")
        .contains("CA:FALSE");
    assertThat(openssl("pkey", "-in", folder.resolve("origin-0-key.pem").toString(), "-check", "-noout"))
        .contains("Key is valid");
  }

  @Test
  void keysAreTheirOwnersOnly() throws IOException {
    certs("a");
    for (String key : List.of("a-key.pem", "ca-key.pem")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key)))).isEqualTo("rw-------");
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    certs("a");
    byte[] before = Files.readAllBytes(folder.resolve("a.pem"));
    refused("is there already, and nothing is overwritten", "b", "a");
    assertThat(Files.readAllBytes(folder.resolve("a.pem"))).isEqualTo(before);
    assertThat(folder.resolve("b.pem")).as("all is checked before anything is made").doesNotExist();
    Files.delete(folder.resolve("ca-key.pem"));
    refused("ca-key.pem is missing", "b");
  }

  @Test
  void namesThatNoNodeMayHaveAreRefused() {
    refused("is no name of a node", "../x");
    refused("is no name of a node", "");
    refused("is given twice", "a", "a");
    refused("a name that is taken", "ca");
    refused("a name that is taken", "a", "a-key");
    refused("must be 1 or more", "--days", "0", "a");
  }

  @Test
  void noCertificateOutlivesItsAuthority() {
    certs("--ca-days", "10", "a");
    assertThat(identity("a").expires()).isBetween(Instant.now().plus(Duration.ofDays(9)), Instant.now().plus(Duration.ofDays(11)));
    certs("--days", "1", "b");
    assertThat(identity("b").expires()).isBefore(Instant.now().plus(Duration.ofDays(2)));
  }

  private HopIdentity identity(String node) {
    return HopIdentity.load(
        folder.resolve(node + ".pem"), folder.resolve(node + "-key.pem"), folder.resolve("ca.pem"),
        InstantSource.system());
  }

  private void certs(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--out", folder.toString()));
    all.addAll(Arrays.asList(arguments));
    CertsCommand command = new CertsCommand();
    new CommandLine(command).parseArgs(all.toArray(new String[0]));
    assertThat(command.call()).isZero();
  }

  private void refused(String why, String... arguments) {
    assertThatThrownBy(() -> certs(arguments)).isInstanceOf(LaunchException.class).hasMessageContaining(why);
  }

  private static String openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
