package live.sluice.bridge.audio;

/** What a transcoder makes; always at {@link #SAMPLE_RATE}. */
public enum AudioTarget {
  /** Opus in packets of 20 ms; mono stays mono. RFC 6716. */
  OPUS(960),
  /** AAC-LC, stereo, 128 kb/s, in frames of 1024 samples. */
  AAC(1024);

  /** Samples, and ticks of all times, in a second: 48,000. */
  public static final int SAMPLE_RATE = 48_000;

  /** The AudioSpecificConfig of what {@link #AAC} makes: AAC-LC, 48 kHz, stereo (ISO/IEC 14496-3, section 1.6.2.1). */
  private static final byte[] AAC_CONFIG = {0x11, (byte) 0x90};

  private final int frameSamples;

  AudioTarget(int frameSamples) {
    this.frameSamples = frameSamples;
  }

  /** Samples in each frame. */
  public int frameSamples() {
    return frameSamples;
  }

  /** The configuration of what {@link #AAC} makes; a copy. */
  public static byte[] aacConfig() {
    return AAC_CONFIG.clone();
  }
}
