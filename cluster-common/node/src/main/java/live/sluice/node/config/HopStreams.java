package live.sluice.node.config;

/** How streams come from nodes that there are links to. */
public enum HopStreams {
  /** By the link, and over TCP where none can be made. */
  QUIC,
  /** Over TCP: links tell of streams and carry none. */
  TCP
}
