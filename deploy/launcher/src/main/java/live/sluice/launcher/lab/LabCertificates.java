package live.sluice.launcher.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import live.sluice.launcher.ClusterAuthority;
import live.sluice.launcher.LaunchException;

/**
 * The certificates by which the nodes of a laboratory know each other, as {@code ./sluice certs} makes them.
 *
 * @param directory where they lie
 */
record LabCertificates(Path directory) {
  private static final Duration LENGTH = Duration.ofDays(365);

  /** Makes an authority, and a certificate for each node. */
  void make(LabPlan plan, Instant now) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new LaunchException("cannot make " + directory + ": " + e.getMessage(), e);
    }
    ClusterAuthority authority = ClusterAuthority.make(authority(), directory.resolve("ca-key.pem"), now, LENGTH);
    plan.nodes().forEach(node -> authority.makeNode(node.name(), certificate(node), key(node), now, LENGTH));
  }

  Path authority() {
    return directory.resolve("ca.pem");
  }

  Path certificate(LabNode node) {
    return directory.resolve(node.name() + ".pem");
  }

  Path key(LabNode node) {
    return directory.resolve(node.name() + "-key.pem");
  }
}
