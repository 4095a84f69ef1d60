package live.sluice.media.codec;

import java.util.Arrays;

/** Walks over the bytes of a configuration record. */
final class ByteCursor {
  private final String what;
  private final byte[] bytes;
  private int position;

  ByteCursor(String what, byte[] bytes) {
    this.what = what;
    this.bytes = bytes;
  }

  int u8() {
    need(1);
    return bytes[position++] & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  byte[] take(int length) {
    need(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  void skip(int length) {
    need(length);
    position += length;
  }

  private void need(int length) {
    if (bytes.length - position < length) {
      throw Broken.because(what, "it is cut short at byte " + bytes.length);
    }
  }
}
