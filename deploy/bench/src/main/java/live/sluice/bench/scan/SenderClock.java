package live.sluice.bench.scan;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The publisher's clock within a picture: an SEI message user_data_unregistered (H.264 and H.265, annex D) with a UUID
 * of ours and 16 hexadecimal digits: nanoseconds since 1970. Digits hold no zero bytes, so that no emulation prevention
 * comes between them, whatever the time.
 */
public final class SenderClock {
  /** Length in bytes of the NAL unit of H.264 with the four bytes of its length before it. */
  public static final int AVC_BYTES = 4 + 1 + 2 + 16 + 16 + 1;

  /** The same of H.265, whose NAL units have a header of two bytes. */
  public static final int HEVC_BYTES = AVC_BYTES + 1;

  private static final byte[] UUID = {
    0x53, 0x6c, 0x75, 0x69, 0x63, 0x65, 0x4b, 0x6c, (byte) 0x8b, 0x65, 0x6e, 0x63, 0x68, 0x43, 0x6c, 0x6b
  };

  private static final int DIGITS = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private SenderClock() {}

  /** A NAL unit with its length before it and room for the clock, which {@link #set} fills in. */
  public static byte[] nal(boolean hevc) {
    byte[] nal = new byte[hevc ? HEVC_BYTES : AVC_BYTES];
    nal[3] = (byte) (nal.length - 4);
    int at = 4;
    if (hevc) {
      nal[at++] = 39 << 1; // PREFIX_SEI_NUT
      nal[at++] = 1;
    } else {
      nal[at++] = 6;
    }
    nal[at++] = 5; // user_data_unregistered
    nal[at++] = (byte) (UUID.length + DIGITS);
    System.arraycopy(UUID, 0, nal, at, UUID.length);
    set(nal, nal.length, 0);
    nal[nal.length - 1] = (byte) 0x80;
    return nal;
  }

  /** The mark and room for the clock, which {@link #set} fills in, and one byte more; for what is no NAL unit. */
  public static byte[] mark() {
    byte[] mark = Arrays.copyOf(UUID, UUID.length + DIGITS + 1);
    set(mark, mark.length, 0);
    return mark;
  }

  /** Writes the clock into a NAL unit of {@link #nal} that ends at {@code end}. */
  public static void set(byte[] bytes, int end, long nanos) {
    int at = end - 2;
    long rest = nanos;
    for (int i = 0; i < DIGITS; i++) {
      bytes[at--] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  /** The same within a buffer. */
  public static void set(ByteBuf bytes, int end, long nanos) {
    int at = end - 2;
    long rest = nanos;
    for (int i = 0; i < DIGITS; i++) {
      bytes.setByte(at--, HEX[(int) (rest & 15)]);
      rest >>>= 4;
    }
  }

  /** Finds the clock within the first {@code length} bytes; ns since 1970, or -1 where there is none. */
  public static long find(byte[] bytes, int length) {
    int at = position(bytes, length);
    return at < 0 ? -1 : digits(bytes, at + UUID.length);
  }

  /** Where the NAL unit ends that takes the clock, within the first {@code length} bytes; 0 where there is none. */
  public static int end(byte[] bytes, int length) {
    int at = position(bytes, length - 1);
    return at < 0 ? 0 : at + UUID.length + DIGITS + 1;
  }

  private static int position(byte[] bytes, int length) {
    int last = length - UUID.length - DIGITS;
    for (int at = 0; at <= last; at++) {
      if (bytes[at] == UUID[0] && bytes[at + 1] == UUID[1] && matches(bytes, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 2; i < UUID.length; i++) {
      if (bytes[at + i] != UUID[i]) {
        return false;
      }
    }
    return true;
  }

  private static long digits(byte[] bytes, int at) {
    long value = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = Character.digit(bytes[at + i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
