package live.sluice.container.ts;

import live.sluice.media.codec.AacConfig;

/**
 * What stands before each raw AAC frame in ADTS (ISO/IEC 14496-3, section 1.A.3.2): 7 bytes, and, where the channels are
 * laid out by a program config element, that element, once per PES packet so that decoding can begin there.
 */
final class AdtsHeader {
  static final int LENGTH = 7;

  /** The length field has 13 bits. */
  static final int MAX_FRAME = (1 << 13) - 1;

  private final byte[] bytes = new byte[LENGTH];
  private final byte[] layout;

  AdtsHeader(AacConfig config, byte[] audioSpecificConfig) {
    layout = config.channelConfiguration() == 0 ? ProgramConfig.element(audioSpecificConfig) : new byte[0];
    int channels = config.channelConfiguration();
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xf1; // MPEG-4, no checksum
    bytes[2] = (byte) ((config.objectType() - 1) << 6 | config.sampleRateIndex() << 2 | channels >> 2);
    bytes[3] = (byte) ((channels & 3) << 6);
  }

  /** Whether ADTS can say what {@code config} does: it has 2 bits for the object type, and a table of rates. */
  static boolean canSay(AacConfig config, byte[] audioSpecificConfig) {
    return config.objectType() >= 1
        && config.objectType() <= 4
        && config.sampleRateIndex() < 13
        && config.channelConfiguration() < 8
        && (config.channelConfiguration() != 0 || ProgramConfig.element(audioSpecificConfig).length > 0);
  }

  /** Bytes of header and layout before a frame. */
  int length(boolean withLayout) {
    return LENGTH + (withLayout ? layout.length : 0);
  }

  void put(PesWriter pes, int frameSize, boolean withLayout) {
    int length = length(withLayout) + frameSize;
    bytes[3] = (byte) ((bytes[3] & 0xc0) | length >> 11);
    bytes[4] = (byte) (length >> 3);
    bytes[5] = (byte) ((length & 7) << 5 | 0x1f); // buffer fullness 7ff: variable rate
    bytes[6] = (byte) 0xfc;
    pes.put(bytes, 0, LENGTH);
    if (withLayout) {
      pes.put(layout, 0, layout.length);
    }
  }
}
