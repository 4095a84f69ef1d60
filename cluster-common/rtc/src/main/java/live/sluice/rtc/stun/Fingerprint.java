package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;

/** The attribute that tells STUN from other packets, RFC 8489, section 14.7: a CRC over all that stands before it. */
final class Fingerprint {
  static final int VALUE_BYTES = 4;
  private static final int XOR = 0x5354554e;

  private Fingerprint() {}

  /**
   * Value of the attribute of a message whose length is final.
   *
   * @param start where the message begins
   * @param end where the attribute begins
   */
  static int of(ByteBuf bytes, int start, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes.nioBuffer(start, end - start));
    return (int) crc.getValue() ^ XOR;
  }
}
