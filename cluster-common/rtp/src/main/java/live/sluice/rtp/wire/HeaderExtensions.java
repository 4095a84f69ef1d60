package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds header extensions in a packet between a buffer's reader and writer index, in the one-byte and the two-byte
 * form; RFC 8285, section 4. Nothing is allocated and no index moves. Bytes that are no packet, or a malformed block,
 * have none.
 */
public final class HeaderExtensions {
  /** What {@link #find} and {@link #number} give for an extension that a packet does not have. */
  public static final int NONE = -1;

  static final int ONE_BYTE = 0xbede;
  static final int TWO_BYTE = 0x1000;
  private static final int TWO_BYTE_MASK = 0xfff0; // the low four bits are the application's
  private static final int STOP = 15;
  private static final int LENGTH_BITS = 8;

  private HeaderExtensions() {}

  /**
   * Where the extension with that number is.
   *
   * @param id its number as mapped by SDP, 1 to 14, or to 255 in the two-byte form
   * @return to be read by {@link #offset} and {@link #length}; or {@link #NONE}
   */
  public static int find(ByteBuf packet, int id) {
    int bytes = packet.readableBytes();
    int at = packet.readerIndex();
    if (bytes < RtpHeader.BYTES || (packet.getByte(at) & RtpHeader.EXTENSION) == 0) {
      return NONE;
    }
    int block = RtpHeader.BYTES + Integer.BYTES * (packet.getByte(at) & RtpHeader.CSRC_COUNT);
    if (block + Integer.BYTES > bytes) {
      return NONE;
    }
    int form = packet.getUnsignedShort(at + block);
    int from = block + Integer.BYTES;
    int end = from + Integer.BYTES * packet.getUnsignedShort(at + block + Short.BYTES);
    if (end > bytes) {
      return NONE;
    }
    if (form == ONE_BYTE) {
      return findInOneByteForm(packet, from, end, id);
    }
    return (form & TWO_BYTE_MASK) == TWO_BYTE ? findInTwoByteForm(packet, from, end, id) : NONE;
  }

  /** Where its bytes begin, from the packet's reader index; {@code found} is what {@link #find} gave. */
  public static int offset(int found) {
    return found >> LENGTH_BITS;
  }

  /** How many bytes it has, 0 to 255; {@code found} is what {@link #find} gave. */
  public static int length(int found) {
    return found & 0xff;
  }

  /**
   * The unsigned number of 1, 2 or 3 bytes that the extension is; {@link #NONE} if it is absent or has another
   * length.
   */
  public static int number(ByteBuf packet, int id, int bytes) {
    int found = find(packet, id);
    if (found == NONE || length(found) != bytes) {
      return NONE;
    }
    int at = packet.readerIndex() + offset(found);
    return switch (bytes) {
      case 1 -> packet.getUnsignedByte(at);
      case 2 -> packet.getUnsignedShort(at);
      case 3 -> packet.getUnsignedMedium(at);
      default -> NONE;
    };
  }

  /** The text that the extension is, such as a mid or a rid, or null; makes a string, so not for every packet. */
  public static @Nullable String text(ByteBuf packet, int id) {
    int found = find(packet, id);
    if (found == NONE) {
      return null;
    }
    return packet.toString(packet.readerIndex() + offset(found), length(found), StandardCharsets.UTF_8);
  }

  /** RFC 8285, section 4.2: four bits of number, four of length less 1. */
  private static int findInOneByteForm(ByteBuf packet, int from, int end, int id) {
    int base = packet.readerIndex();
    int at = from;
    while (at < end) {
      int head = packet.getUnsignedByte(base + at);
      at++;
      if (head == 0) {
        continue; // padding
      }
      int number = head >> 4;
      int length = (head & 0x0f) + 1;
      // Padding can't be long, and nothing is read from 15 on.
      if (number == 0 || number == STOP || length > end - at) {
        return NONE;
      }
      if (number == id) {
        return at << LENGTH_BITS | length;
      }
      at += length;
    }
    return NONE;
  }

  /** RFC 8285, section 4.3: a byte of number, a byte of length. */
  private static int findInTwoByteForm(ByteBuf packet, int from, int end, int id) {
    int base = packet.readerIndex();
    int at = from;
    while (at < end) {
      int number = packet.getUnsignedByte(base + at);
      at++;
      if (number == 0) {
        continue; // padding
      }
      if (at == end) {
        return NONE;
      }
      int length = packet.getUnsignedByte(base + at);
      at++;
      if (length > end - at) {
        return NONE;
      }
      if (number == id) {
        return at << LENGTH_BITS | length;
      }
      at += length;
    }
    return NONE;
  }
}
