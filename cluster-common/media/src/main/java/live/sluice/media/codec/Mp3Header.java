package live.sluice.media.codec;

import org.jspecify.annotations.Nullable;

/**
 * The header of a frame of MPEG audio (ISO/IEC 11172-3, section 2.4.1.3, and 13818-3).
 *
 * @param layer 1, 2 or 3
 * @param sampleRate in Hz
 * @param channels 1 or 2
 * @param bitRate in bits per second; 0 for the free format
 * @param frameLength bytes of the frame with its header; 0 for the free format
 * @param samples samples per channel in the frame
 */
public record Mp3Header(int layer, int sampleRate, int channels, int bitRate, int frameLength, int samples) {
  /** Bytes of a header. */
  public static final int LENGTH = 4;

  private static final int[] RATES = {44100, 48000, 32000};
  private static final int[][] KBITS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /** Reads the four bytes of a header, null where they are not one. */
  public static @Nullable Mp3Header parse(int header) {
    int version = header >> 19 & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
    int layer = 4 - (header >> 17 & 3);
    int bitRateIndex = header >> 12 & 15;
    int rateIndex = header >> 10 & 3;
    if (header >>> 21 != 0x7ff || version == 1 || layer == 4 || bitRateIndex == 15 || rateIndex == 3) {
      return null;
    }
    boolean first = version == 3;
    int sampleRate = RATES[rateIndex] >> (first ? 0 : version == 2 ? 1 : 2);
    int bitRate = KBITS[first ? layer - 1 : layer == 1 ? 3 : 4][bitRateIndex] * 1000;
    int samples = layer == 1 ? 384 : layer == 2 || first ? 1152 : 576;
    int padding = header >> 9 & 1;
    int length =
        layer == 1 ? (12 * bitRate / sampleRate + padding) * 4 : samples / 8 * bitRate / sampleRate + padding;
    int channels = (header >> 6 & 3) == 3 ? 1 : 2;
    return new Mp3Header(layer, sampleRate, channels, bitRate, bitRate == 0 ? 0 : length, samples);
  }
}
