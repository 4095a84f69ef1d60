package live.sluice.launcher;

/**
 * Which node has which port. Node number k counts origins first, then edges, from 0; one port base gives every port of
 * a cluster, so that a second cluster can run beside the first.
 *
 * @param base the port that all others are counted from, or 0 for the well-known ports
 */
public record PortPlan(int base) {
  private static final int STEP = 100;
  private static final int NGINX_OFFSET = 90;
  private static final int NGINX_DEFAULT = 8888;
  private static final int HIGHEST = 65535;

  /**
   * Returns the ports of node {@code k}.
   *
   * @throws LaunchException when one of them would be above 65535
   */
  public NodePorts node(int k) {
    NodePorts ports = base == 0 ? wellKnown(STEP * k) : counted(base + STEP * k);
    int highest = Math.max(ports.httpTls(), ports.apiTls());
    if (highest > HIGHEST) {
      throw new LaunchException("node " + k + " would need port " + highest + ": choose a lower --base-port");
    }
    return ports;
  }

  private static NodePorts wellKnown(int shift) {
    return new NodePorts(
        1935 + shift,
        8080 + shift,
        1985 + shift,
        8000 + shift,
        8001 + shift,
        5701 + shift,
        5702 + shift,
        1443 + shift,
        8088 + shift,
        1990 + shift);
  }

  private static NodePorts counted(int first) {
    return new NodePorts(
        first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8, first + 9);
  }

  /** Returns the port of NGINX. */
  public int nginx() {
    return base == 0 ? NGINX_DEFAULT : base + NGINX_OFFSET;
  }

  /** Returns the word by which this cluster is told from others on the machine: its base port, or "default". */
  public String word() {
    return base == 0 ? "default" : Integer.toString(base);
  }

  /** Returns what must be added to a command line so that it means this cluster. */
  public String argument() {
    return base == 0 ? "" : " --base-port " + base;
  }
}
