package live.sluice.hop.testing;

import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.link.LinkHost;
import live.sluice.hop.link.Serving;
import live.sluice.media.NodeInfo;

/**
 * A node that nobody asks for streams.
 *
 * @param self what it says of itself
 */
public record NoServing(NodeInfo self) implements LinkHost {
  @Override
  public void serve(ControlMessage.Subscribe asked, Serving serving) {
    throw new AssertionError("nobody asks here for " + asked.key());
  }
}
