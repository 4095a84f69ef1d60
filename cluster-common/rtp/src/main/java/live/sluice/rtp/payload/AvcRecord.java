package live.sluice.rtp.payload;

import java.io.ByteArrayOutputStream;
import java.util.List;
import live.sluice.media.codec.BitReader;

/** Writes AVCDecoderConfigurationRecords (ISO/IEC 14496-15, section 5.3.3.1). */
final class AvcRecord {
  private AvcRecord() {}

  /** A record with lengths of 4 bytes; SluiceException where the first SPS can't be read that far. */
  static byte[] of(List<byte[]> sps, List<byte[]> pps) {
    BitReader in = BitReader.ofNal(sps.getFirst(), 1);
    int profile = in.number(8);
    int constraints = in.number(8);
    int level = in.number(8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.write(1);
    out.write(profile);
    out.write(constraints);
    out.write(level);
    out.write(0xfc | 3);
    out.write(0xe0 | sps.size());
    sps.forEach(set -> write(out, set));
    out.write(pps.size());
    pps.forEach(set -> write(out, set));
    if (profile == 100 || profile == 110 || profile == 122 || profile == 144) {
      in.ue(31);
      int chroma = in.ue(3);
      if (chroma == 3) {
        in.skip(1);
      }
      out.write(0xfc | chroma);
      out.write(0xf8 | in.ue(6));
      out.write(0xf8 | in.ue(6));
      out.write(0);
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, byte[] set) {
    out.write(set.length >> 8);
    out.write(set.length);
    out.write(set, 0, set.length);
  }
}
