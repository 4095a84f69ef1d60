package live.sluice.hop.link;

import live.sluice.hop.control.ControlMessage;

/** Told of links. On the link's loop. */
public interface LinkListener {
  /** The two nodes have greeted each other. */
  default void up(Link link) {}

  /** The other node says something that is of no stream that crosses: of nodes, of routes, or that it stops. */
  default void message(Link link, ControlMessage message) {}

  /** A link that was up is none any more. */
  default void down(Link link, String why) {}
}
