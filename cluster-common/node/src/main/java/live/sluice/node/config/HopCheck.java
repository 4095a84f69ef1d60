package live.sluice.node.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** What can be wrong between the keys of hops. */
final class HopCheck {
  private static final String SEED = "(\\[[0-9A-Fa-f:.%]+]|[^:\\s\\[\\]]+):[0-9]{1,5}";

  private final HopSection hop;
  private final String region;
  private final BiConsumer<String, String> problem;

  private HopCheck(NodeConfig config, BiConsumer<String, String> problem) {
    this.hop = config.hop();
    this.region = config.node().region();
    this.problem = problem;
  }

  /** Tells each problem as a key and what is wrong with it. */
  static void check(NodeConfig config, BiConsumer<String, String> problem) {
    HopCheck check = new HopCheck(config, problem);
    if (config.hop().enabled()) {
      check.certificates();
      check.regions();
    }
  }

  private void certificates() {
    boolean all = !hop.certificate().isEmpty() && !hop.key().isEmpty() && !hop.authority().isEmpty();
    boolean none = hop.certificate().isEmpty() && hop.key().isEmpty() && hop.authority().isEmpty();
    if (!all && !none) {
      missing("hop.certificate", hop.certificate());
      missing("hop.key", hop.key());
      missing("hop.authority", hop.authority());
    }
    if (none && !hop.listen().isEmpty() && !isLoopback(hop.listen())) {
      problem.accept(
          "hop.listen",
          "is '" + hop.listen() + "', and without certificates the hop listens on loopback only; make some by"
              + " ./sluice certs, and set hop.certificate, hop.key and hop.authority");
    }
    certificate("hop.certificate", hop.certificate());
    certificate("hop.authority", hop.authority());
    key();
  }

  private void missing(String key, String value) {
    if (value.isEmpty()) {
      problem.accept(key, "is missing: hop.certificate, hop.key and hop.authority go together");
    }
  }

  private static boolean isLoopback(String listen) {
    try {
      return InetAddress.getByName(listen).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void certificate(String key, String file) {
    if (file.isEmpty() || !there(key, file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new CertificateException("there is none in it");
      }
    } catch (IOException | GeneralSecurityException e) {
      problem.accept(key, "is '" + file + "', which is no PEM file of certificates: " + e.getMessage());
    }
  }

  private void key() {
    if (hop.key().isEmpty() || !there("hop.key", hop.key())) {
      return;
    }
    try {
      if (!Files.readString(Path.of(hop.key())).contains("-----BEGIN PRIVATE KEY-----")) {
        problem.accept(
            "hop.key", "is '" + hop.key() + "', which is no PEM file of a private key in PKCS#8 form, not encrypted");
      }
    } catch (IOException e) {
      problem.accept("hop.key", "is '" + hop.key() + "', which can't be read");
    }
  }

  private boolean there(String key, String file) {
    if (!Files.isReadable(Path.of(file))) {
      problem.accept(key, "is '" + file + "', which " + (Files.exists(Path.of(file)) ? "can't be read" : "is not there"));
      return false;
    }
    return true;
  }

  private void regions() {
    Set<String> names = new HashSet<>();
    for (HopRegionSection other : hop.regions()) {
      if (other.name().isEmpty() || other.seeds().isEmpty()) {
        problem.accept("hop.regions", "needs both name and seeds in each entry");
      } else if (other.name().equals(region)) {
        problem.accept("hop.regions", "names '" + region + "', which is the region of this node");
      } else if (!names.add(other.name())) {
        problem.accept("hop.regions", "names '" + other.name() + "' twice");
      }
      for (String seed : other.seeds()) {
        if (!seed.matches(SEED)) {
          problem.accept("hop.regions", "has the seed '" + seed + "', and must name host:port, always with the port");
        }
      }
    }
  }
}
