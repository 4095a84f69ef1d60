package live.sluice.edge;

import live.sluice.media.NodeInfo;
import live.sluice.node.NodeCommand;

/** Starts an edge. */
public final class Main {
  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    NodeCommand.main(NodeInfo.Role.EDGE, "sluice-edge", args);
  }
}
