package live.sluice.hop.control;

/** How a stream crosses a link. */
public enum MediaPath {
  /** Packets of RTP, as datagrams. */
  PACKETS,
  /** Frames as a stream of FLV, for what was published so. */
  FRAMES
}
