package live.sluice.launcher;

import picocli.CommandLine.Option;

/** Which of the clusters on this machine a command is about. */
final class ClusterOption {
  @Option(
      names = "--base-port",
      paramLabel = "P",
      description = "the cluster that was started with this port base; without it, the one on the well-known ports")
  private int basePort;

  PortPlan ports() {
    if (basePort != 0 && (basePort < 1024 || basePort > 65000)) {
      throw new LaunchException("--base-port takes a number from 1024 to 65000");
    }
    return new PortPlan(basePort);
  }

  ClusterHome home() {
    return new ClusterHome(Installation.checkout(), ports());
  }
}
