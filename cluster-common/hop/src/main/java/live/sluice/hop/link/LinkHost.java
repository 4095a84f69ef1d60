package live.sluice.hop.link;

import live.sluice.hop.control.ControlMessage;
import live.sluice.media.NodeInfo;

/** What links ask of their node. */
public interface LinkHost {
  /** This node. */
  NodeInfo self();

  /**
   * Another node wants a stream: it is served or refused, now or soon. On the link's loop.
   *
   * @param serving takes the answer
   */
  void serve(ControlMessage.Subscribe asked, Serving serving);
}
