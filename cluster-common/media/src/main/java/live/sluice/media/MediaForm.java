package live.sluice.media;

/** In what form a source brings its media; the other form is made of it where somebody wants it. */
public enum MediaForm {
  /** Access units and frames of sound, as RTMP and FLV carry them. */
  FRAMES,
  /** Packets of RTP, as WebRTC carries them; opaque to streams. */
  PACKETS
}
