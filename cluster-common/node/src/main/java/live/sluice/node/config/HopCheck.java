package live.sluice.node.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import live.sluice.hop.identity.HopIdentity;
import live.sluice.media.SluiceException;

/** What can be wrong between the keys of hops. */
final class HopCheck {
  private static final String SEED = "(\\[[0-9A-Fa-f:.%]+]|[^:\\s\\[\\]]+):[0-9]{1,5}";

  private final HopSection hop;
  private final String name;
  private final String region;
  private final BiConsumer<String, String> problem;

  private HopCheck(NodeConfig config, BiConsumer<String, String> problem) {
    this.hop = config.hop();
    this.name = config.node().name();
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
    if (all) {
      identity();
    }
  }

  private void identity() {
    try {
      HopIdentity identity =
          HopIdentity.load(
              Path.of(hop.certificate()), Path.of(hop.key()), Path.of(hop.authority()), InstantSource.system());
      if (!name.isEmpty() && !identity.nodeId().equals(name)) {
        problem.accept(
            "hop.certificate",
            "is that of the node '" + identity.nodeId() + "', and node.name is '" + name + "'");
      }
    } catch (SluiceException e) {
      // It begins with the key that it is about.
      String said = SluiceException.chainOf(e);
      int end = said.indexOf(' ');
      problem.accept(said.substring(0, end), said.substring(end + 1));
    }
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
