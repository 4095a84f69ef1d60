package live.sluice.origin;

import live.sluice.media.NodeInfo;
import live.sluice.node.NodeCommand;

/** Starts an origin. */
public final class Main {
  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    NodeCommand.main(NodeInfo.Role.ORIGIN, "sluice-origin", args);
  }
}
