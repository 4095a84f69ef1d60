package live.sluice.hop.kwik;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Messages in a stream of bytes: four bytes of length, most significant first, and the message. */
final class Framed {
  private Framed() {}

  /** A message with its length before it. */
  static byte[] of(byte[] message) {
    return ByteBuffer.allocate(Integer.BYTES + message.length).putInt(message.length).put(message).array();
  }

  /**
   * Reads a message.
   *
   * @throws IOException where it is longer than {@code most}, or the stream ends
   */
  static byte[] read(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException("a message of " + (length & 0xffff_ffffL) + " bytes; at most " + most + " are taken");
    }
    byte[] message = new byte[length];
    in.readFully(message);
    return message;
  }
}
