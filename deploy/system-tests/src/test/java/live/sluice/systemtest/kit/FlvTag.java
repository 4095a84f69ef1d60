package live.sluice.systemtest.kit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A tag of an FLV stream (Adobe's FLV specification 10.1, annex E.4, and Enhanced RTMP v2 for video).
 *
 * @param type 8 audio, 9 video, 18 script data
 * @param timestamp ms
 * @param body what follows the tag's header
 */
public record FlvTag(int type, long timestamp, byte[] body) {

  /** Reads the file header and the first previous-tag size. */
  public static void readHeader(DataInputStream in) throws IOException {
    byte[] header = new byte[13];
    in.readFully(header);
    if (header[0] != 'F' || header[1] != 'L' || header[2] != 'V') {
      throw new IOException("this is not FLV");
    }
  }

  /** Reads a tag and the size that follows it; null at the end. */
  public static @Nullable FlvTag read(DataInputStream in) throws IOException {
    int type = in.read();
    if (type < 0) {
      return null;
    }
    int size = uint24(in);
    long timestamp = uint24(in) | (long) in.readUnsignedByte() << 24;
    in.skipNBytes(3);
    byte[] body = new byte[size];
    in.readFully(body);
    int previous = in.readInt();
    if (previous != size + 11) {
      throw new IOException("a tag of " + (size + 11) + " bytes says that it has " + previous);
    }
    return new FlvTag(type & 0x1f, timestamp, body);
  }

  /** Whether it is a picture that can be decoded alone. */
  public boolean isKeyframe() {
    if (type != 9 || body.length < 2 || (body[0] >> 4 & 7) != 1) {
      return false;
    }
    return isEnhanced() ? (body[0] & 0xf) == 1 || (body[0] & 0xf) == 3 : body[1] == 1;
  }

  /** Whether it is a frame of sound or picture, and neither a sequence header nor script data. */
  public boolean isFrame() {
    if (body.length < 2) {
      return false;
    }
    return switch (type) {
      case 9 -> isEnhanced() ? (body[0] & 0xf) == 1 || (body[0] & 0xf) == 3 : (body[0] & 0xf) != 7 || body[1] == 1;
      case 8 -> (body[0] >> 4 & 0xf) != 10 || body[1] == 1;
      default -> false;
    };
  }

  private boolean isEnhanced() {
    return (body[0] & 0x80) != 0;
  }

  private static int uint24(DataInputStream in) throws IOException {
    int high = in.read();
    int middle = in.read();
    int low = in.read();
    if (low < 0) {
      throw new EOFException();
    }
    return high << 16 | middle << 8 | low;
  }
}
