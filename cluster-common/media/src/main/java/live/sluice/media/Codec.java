package live.sluice.media;

/** A codec that can be carried. Which protocol takes which one is the protocol's own rule. */
public enum Codec {
  /** H.264, payload length-prefixed, configuration an AVCDecoderConfigurationRecord. */
  H264(MediaKind.VIDEO, "H264"),
  /** H.265, payload length-prefixed, configuration an HEVCDecoderConfigurationRecord. */
  HEVC(MediaKind.VIDEO, "HEVC"),
  /** AV1, payload in low-overhead OBUs, configuration an AV1CodecConfigurationRecord. */
  AV1(MediaKind.VIDEO, "AV1"),
  /** VP9. */
  VP9(MediaKind.VIDEO, "VP9"),
  /** VP8. */
  VP8(MediaKind.VIDEO, "VP8"),
  /** AAC, raw access units, configuration an AudioSpecificConfig. */
  AAC(MediaKind.AUDIO, "AAC"),
  /** MP3, whole frames, no configuration. */
  MP3(MediaKind.AUDIO, "MP3"),
  /** Opus, configuration an OpusHead where the publisher sends one. */
  OPUS(MediaKind.AUDIO, "Opus"),
  /** G.711 A-law. */
  G711A(MediaKind.AUDIO, "G711A"),
  /** G.711 mu-law. */
  G711U(MediaKind.AUDIO, "G711U"),
  /** Speex, Nellymoser, FLAC, AC-3 and whatever else is only passed through. */
  OTHER_AUDIO(MediaKind.AUDIO, "Other"),
  /** Screen video, VP6 and whatever else is only passed through. */
  OTHER_VIDEO(MediaKind.VIDEO, "Other"),
  /** Script data. */
  SCRIPT(MediaKind.DATA, "Script");

  private final MediaKind kind;
  private final String label;

  Codec(MediaKind kind, String label) {
    this.kind = kind;
    this.label = label;
  }

  /** Video, audio or data. */
  public MediaKind kind() {
    return kind;
  }

  /** The name in the API and the directory. */
  public String label() {
    return label;
  }
}
