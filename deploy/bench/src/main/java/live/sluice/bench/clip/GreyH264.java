package live.sluice.bench.clip;

import java.io.ByteArrayOutputStream;

/**
 * A grey picture of 640x360 in H.264, baseline profile, that any decoder takes: keyframes whose macroblocks all hold the
 * same byte, and pictures between them that skip every macroblock. Filler data (NAL unit type 12) makes them as large as
 * is wanted; a decoder passes over it.
 */
final class GreyH264 {
  static final int WIDTH = 640;
  static final int HEIGHT = 360;

  private static final int COLUMNS = WIDTH / 16;
  private static final int ROWS = (HEIGHT + 15) / 16;
  private static final int PROFILE = 66;
  private static final int LEVEL = 31;
  private static final int FRAME_NUMBER_BITS = 8;

  private GreyH264() {}

  /** Section 7.3.2.1.1. */
  static byte[] sps() {
    BitWriter out = new BitWriter().bits(PROFILE, 8).bits(0xc0, 8).bits(LEVEL, 8);
    out.ue(0).ue(FRAME_NUMBER_BITS - 4);
    out.ue(2); // pictures are shown in the order they are decoded in
    out.ue(1).bits(0, 1); // one reference
    out.ue(COLUMNS - 1).ue(ROWS - 1).bits(1, 1); // whole frames
    out.bits(1, 1);
    // Cropped at the bottom, in steps of two lines.
    out.bits(1, 1).ue(0).ue(0).ue(0).ue((ROWS * 16 - HEIGHT) / 2);
    out.bits(0, 1);
    return out.toNal(0x67);
  }

  /** Section 7.3.2.2. */
  static byte[] pps() {
    BitWriter out = new BitWriter();
    out.ue(0).ue(0).bits(0, 1).bits(0, 1).ue(0); // CAVLC, one slice group
    out.ue(0).ue(0).bits(0, 3); // no weighted prediction
    out.ue(0).ue(0).ue(0); // quantizers as they are by default
    out.bits(0, 3);
    return out.toNal(0x68);
  }

  /** The avcC of both (ISO/IEC 14496-15, section 5.3.3.1). */
  static byte[] config() {
    byte[] sps = sps();
    byte[] pps = pps();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, sps[1], sps[2], sps[3], (byte) 0xff, (byte) 0xe1, 0, (byte) sps.length});
    out.writeBytes(sps);
    out.writeBytes(new byte[] {1, 0, (byte) pps.length});
    out.writeBytes(pps);
    return out.toByteArray();
  }

  /** An IDR picture. */
  static byte[] keyframe() {
    BitWriter out = new BitWriter();
    out.ue(0).ue(7).ue(0); // from the first macroblock on, all of it I
    out.bits(0, FRAME_NUMBER_BITS).ue(0); // frame_num, idr_pic_id
    out.bits(0, 2); // neither kept long nor silently dropped
    out.ue(0); // slice_qp_delta
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      // Intra 16x16 by the mean of its neighbours, without residual: ue(3), ue(0), se(0), and no coefficients.
      out.bits(0b00100111, 8);
    }
    return out.toNal(0x65);
  }

  /** A picture that shows the one before it again: the {@code number}th after a keyframe. */
  static byte[] repeat(int number) {
    BitWriter out = new BitWriter();
    out.ue(0).ue(5).ue(0); // all of it P
    out.bits(number & ((1 << FRAME_NUMBER_BITS) - 1), FRAME_NUMBER_BITS);
    out.bits(0, 3); // references as they are by default, none marked
    out.ue(0);
    out.ue(COLUMNS * ROWS); // skipped
    return out.toNal(0x41);
  }
}
