package live.sluice.node.config;

/** What becomes of a stream whose pictures no browser shows by WebRTC. */
public enum RtcTranscode {
  /** Its WebRTC players are refused. */
  OFF,
  /** Its pictures are encoded anew, once for all players. */
  AUTO
}
