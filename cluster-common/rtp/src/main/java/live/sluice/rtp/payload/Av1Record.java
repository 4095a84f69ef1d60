package live.sluice.rtp.payload;

import java.util.Arrays;
import live.sluice.media.codec.BitReader;

/** Writes AV1CodecConfigurationRecords (AV1 in ISOBMFF, section 2.3.3). */
final class Av1Record {
  private static final int SRGB = 13;
  private static final int BT_709 = 1;

  private final BitReader in;
  private int profile;
  private int level;
  private int tier;
  private int decoderDelayBits;

  private Av1Record(BitReader in) {
    this.in = in;
  }

  /**
   * The record of a sequence header.
   *
   * @param payload what follows header and size
   * @param obu all of it, with its size
   * @throws live.sluice.media.SluiceException PROTOCOL_ERROR where it can't be read
   */
  static byte[] of(byte[] payload, byte[] obu) {
    Av1Record reader = new Av1Record(new BitReader(payload));
    int colour = reader.sequence();
    byte[] record = Arrays.copyOf(new byte[] {(byte) 0x81}, 4 + obu.length);
    record[1] = (byte) (reader.profile << 5 | reader.level);
    record[2] = (byte) (reader.tier << 7 | colour);
    System.arraycopy(obu, 0, record, 4, obu.length);
    return record;
  }

  /** AV1, section 5.5.1; gives the record's seven bits of colour. */
  private int sequence() {
    profile = in.number(3);
    in.skip(1);
    boolean reduced = in.flag();
    if (reduced) {
      level = in.number(5);
    } else {
      operatingPoints(timing());
    }
    int widthBits = in.number(4) + 1;
    int heightBits = in.number(4) + 1;
    in.skip(widthBits + heightBits);
    if (!reduced && in.flag()) {
      in.skip(7);
    }
    in.skip(3);
    if (!reduced) {
      tools();
    }
    in.skip(3);
    return colour();
  }

  /** timing_info and decoder_model_info; whether there is the latter. */
  private boolean timing() {
    if (!in.flag()) {
      return false;
    }
    in.skip(64);
    if (in.flag()) {
      in.ue();
    }
    boolean decoderModel = in.flag();
    if (decoderModel) {
      decoderDelayBits = in.number(5) + 1;
      in.skip(32 + 5 + 5);
    }
    return decoderModel;
  }

  private void operatingPoints(boolean decoderModel) {
    boolean displayDelay = in.flag();
    int points = in.number(5) + 1;
    for (int i = 0; i < points; i++) {
      in.skip(12);
      int pointLevel = in.number(5);
      int pointTier = pointLevel > 7 ? in.number(1) : 0;
      if (decoderModel && in.flag()) {
        in.skip(2L * decoderDelayBits + 1);
      }
      if (displayDelay && in.flag()) {
        in.skip(4);
      }
      if (i == 0) {
        level = pointLevel;
        tier = pointTier;
      }
    }
  }

  /** enable_interintra_compound to order_hint_bits_minus_1. */
  private void tools() {
    in.skip(4);
    boolean orderHint = in.flag();
    if (orderHint) {
      in.skip(2);
    }
    boolean chooseScreenContent = in.flag();
    if ((chooseScreenContent || in.flag()) && !in.flag()) {
      in.skip(1);
    }
    if (orderHint) {
      in.skip(3);
    }
  }

  /**
   * color_config, section 5.5.2: high_bitdepth, twelve_bit, monochrome, subsampling x and y, chroma_sample_position.
   */
  private int colour() {
    int highDepth = in.number(1);
    int twelveBit = profile == 2 && highDepth == 1 ? in.number(1) : 0;
    int monochrome = profile == 1 ? 0 : in.number(1);
    int depth = highDepth << 6 | twelveBit << 5;
    boolean rgb = false;
    if (in.flag()) {
      int primaries = in.number(8);
      int transfer = in.number(8);
      int matrix = in.number(8);
      rgb = primaries == BT_709 && transfer == SRGB && matrix == 0;
    }
    if (monochrome == 1) {
      return depth | 0x1c;
    }
    if (rgb) {
      return depth;
    }
    in.skip(1);
    int x = 1;
    int y = 1;
    if (profile == 1) {
      x = 0;
      y = 0;
    } else if (profile == 2) {
      x = twelveBit == 1 ? in.number(1) : 1;
      y = twelveBit == 1 && x == 1 ? in.number(1) : 0;
    }
    int position = x == 1 && y == 1 ? in.number(2) : 0;
    return depth | x << 3 | y << 2 | position;
  }
}
