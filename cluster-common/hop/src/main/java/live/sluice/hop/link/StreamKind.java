package live.sluice.hop.link;

import java.nio.ByteBuffer;

/** What a stream of a link begins with: one byte of kind and the number of the request that it belongs to. */
final class StreamKind {
  /** FLV, from its header on. */
  static final int FRAMES = 1;

  /** Packets that a subscription begins with, each with two bytes of length, and an empty one at the end. */
  static final int PACKETS = 2;

  /** Bytes of it. */
  static final int BYTES = 1 + Integer.BYTES;

  private StreamKind() {}

  static byte[] head(int kind, int request) {
    return ByteBuffer.allocate(BYTES).put((byte) kind).putInt(request).array();
  }
}
