package live.sluice.launcher;

import java.nio.file.Path;

/** The directory in which the state of one running cluster lies. */
final class ClusterHome extends Home<ClusterState> {
  private final Path root;

  /** Takes the checkout's directory and which of the clusters on this machine is meant. */
  ClusterHome(Path checkout, PortPlan ports) {
    super(checkout.resolve(".sluice").resolve(ports.word()), "cluster.json", ClusterState.class);
    root = checkout.resolve(".sluice");
  }

  Path nginx() {
    return directory().resolve("nginx");
  }

  /** Where the ffmpeg program is unpacked; it is kept, since it is the same for all clusters. */
  Path programs() {
    return root.resolve("programs");
  }
}
