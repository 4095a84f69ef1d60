package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts the sections of one table together from packets (ISO/IEC 13818-1, section 2.4.4), and checks their checksum. */
final class SectionReader {
  /** Longest section of a program association or map. */
  private static final int MAX = 1024;

  /** Header of 8 bytes and checksum. */
  private static final int MIN = 12;

  private final byte[] bytes = new byte[MAX];
  private int have;
  private int length;
  private boolean reading;
  private long errors;

  /** Takes the payload of a packet; the section that it completes, null where it completes none. */
  byte @Nullable [] packet(ByteBuf in, int from, int end, boolean begins) {
    int at = from;
    if (begins) {
      at += 1 + in.getUnsignedByte(at); // pointer_field: what is before belongs to a section that we do without
      have = 0;
      length = 0;
      reading = true;
    }
    if (!reading || at >= end) {
      return null;
    }
    int part = Math.min(end - at, MAX - have);
    in.getBytes(at, bytes, have, part);
    have += part;
    if (length == 0 && have >= 3) {
      length = 3 + (u16(bytes, 1) & 0xfff);
      if (length > MAX || length < MIN) {
        return broken();
      }
    }
    if (length == 0 || have < length) {
      return null;
    }
    reading = false;
    return Crc32Mpeg.of(bytes, 0, length) == 0 ? bytes : broken();
  }

  private byte @Nullable [] broken() {
    reading = false;
    errors++;
    return null;
  }

  /** Bytes of the section that was completed last, with its checksum. */
  int length() {
    return length;
  }

  long errors() {
    return errors;
  }

  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
