package live.sluice.hop.media.wire;

/** A cursor over a datagram. What is not there reads as 0, and {@link #ok} tells so from then on. */
final class DatagramReader {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int at;
  private boolean ok;

  void wrap(byte[] datagram, int from) {
    bytes = datagram;
    at = from;
    ok = from <= datagram.length;
  }

  boolean ok() {
    return ok;
  }

  int position() {
    return at;
  }

  int remaining() {
    return ok ? bytes.length - at : 0;
  }

  int u8() {
    return (int) take(1);
  }

  int u16() {
    return (int) take(2);
  }

  int u24() {
    return (int) take(3);
  }

  int i32() {
    return (int) take(4);
  }

  void skip(int count) {
    if (count > remaining()) {
      ok = false;
    } else {
      at += count;
    }
  }

  /** A variable-length integer; RFC 9000, section 16. One of more than 30 bits is no flow id of ours: malformed. */
  int varint() {
    if (remaining() == 0) {
      ok = false;
      return 0;
    }
    return switch ((bytes[at] & 0xc0) >> 6) {
      case 0 -> u8();
      case 1 -> u16() & 0x3fff;
      case 2 -> i32() & Varint.MOST;
      default -> {
        ok = false;
        yield 0;
      }
    };
  }

  private long take(int count) {
    if (count > remaining()) {
      ok = false;
      return 0;
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }
}
