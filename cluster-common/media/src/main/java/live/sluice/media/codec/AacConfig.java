package live.sluice.media.codec;

/**
 * The AudioSpecificConfig of AAC (ISO/IEC 14496-3, section 1.6.2.1).
 *
 * @param objectType of the core coder: 2 for LC
 * @param coreSampleRate sample rate of the core coder, in Hz: what ADTS headers say
 * @param sampleRate in Hz after spectral band replication, where it is signalled
 * @param channelConfiguration as written; 0 means that a program config element holds the layout
 * @param channels number of channels after parametric stereo; 0 where unknown
 * @param sbr whether spectral band replication is signalled
 * @param ps whether parametric stereo is signalled
 */
public record AacConfig(
    int objectType,
    int coreSampleRate,
    int sampleRate,
    int channelConfiguration,
    int channels,
    boolean sbr,
    boolean ps) {
  private static final int[] RATES = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
  };
  private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};
  private static final int ESCAPE = 15;
  private static final int SBR = 5;
  private static final int PS = 29;
  private static final int SYNC_EXTENSION = 0x2b7;
  private static final int SYNC_PS = 0x548;

  /** Reads a configuration. */
  public static AacConfig parse(byte[] config) {
    BitReader in = new BitReader(config);
    int type = objectType(in);
    int coreRate = rate(in);
    int layout = in.number(4);
    boolean ps = type == PS;
    boolean sbr = ps || type == SBR;
    int rate = coreRate;
    if (sbr) { // hierarchical signalling: the core coder's type follows
      rate = rate(in);
      type = objectType(in);
    } else if (hasGeneralAudio(type) && skipGeneralAudio(in, layout)) {
      // Backward compatible signalling: an extension that old decoders do not look for.
      if (in.remaining() >= 16 && in.number(11) == SYNC_EXTENSION && objectType(in) == SBR && in.flag()) {
        sbr = true;
        rate = rate(in);
        ps = in.remaining() >= 12 && in.number(11) == SYNC_PS && in.flag();
      }
    }
    int channels = ps && layout == 1 ? 2 : CHANNELS[layout];
    return new AacConfig(type, coreRate, rate, layout, channels, sbr, ps);
  }

  /** The index of the core coder's sample rate in ADTS headers; 15 where it has none. */
  public int sampleRateIndex() {
    for (int i = 0; i < RATES.length; i++) {
      if (RATES[i] == coreSampleRate) {
        return i;
      }
    }
    return ESCAPE;
  }

  private static int objectType(BitReader in) {
    int type = in.number(5);
    return type == 31 ? 32 + in.number(6) : type;
  }

  private static int rate(BitReader in) {
    int index = in.number(4);
    if (index == ESCAPE) {
      return in.number(24);
    }
    if (index >= RATES.length) {
      throw Broken.because("an AAC configuration", "sample rate index " + index + " is reserved");
    }
    return RATES[index];
  }

  private static boolean hasGeneralAudio(int type) {
    return type >= 1 && type <= 4;
  }

  /** GASpecificConfig, section 4.4.1; false where what follows can't be found. */
  private static boolean skipGeneralAudio(BitReader in, int layout) {
    if (in.remaining() < 3 || layout == 0) {
      return false;
    }
    in.skip(1);
    if (in.flag()) {
      if (in.remaining() < 15) {
        return false;
      }
      in.skip(14);
    }
    in.skip(1);
    return true;
  }
}
