package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into its frames: two bytes of length and a body, RFC 4571, section 2. Each body is copied once into a
 * buffer of its own size, so that a packet that is kept does not keep its neighbours. Not thread-safe.
 */
final class Rfc4571Reader implements AutoCloseable {
  private static final int NO_BYTE = -1;

  private final ByteBufAllocator allocator;
  private final int maxBody;
  private @Nullable ByteBuf body;
  private int missing;
  private int lengthHigh = NO_BYTE;

  /** Accepts bodies of up to {@code maxBody} bytes. */
  Rfc4571Reader(ByteBufAllocator allocator, int maxBody) {
    this.allocator = allocator;
    this.maxBody = maxBody;
  }

  /**
   * Reads on, to the end of the next frame or of {@code in}, whichever comes first; call it until it gives null. Frames of
   * no bytes are passed over.
   *
   * @param in borrowed; what is read is read for good
   * @return a body that the caller owns, or null when {@code in} is used up
   * @throws SluiceException TOO_LARGE for a body past the bound; the reader is of no use then
   */
  @Nullable ByteBuf read(ByteBuf in) {
    while (in.isReadable()) {
      ByteBuf half = body;
      if (half != null) {
        if (fill(half, in)) {
          return half;
        }
      } else if (lengthHigh == NO_BYTE) {
        lengthHigh = in.readUnsignedByte();
      } else {
        begin((lengthHigh << 8) | in.readUnsignedByte());
        lengthHigh = NO_BYTE;
      }
    }
    return null;
  }

  private void begin(int length) {
    if (length > maxBody) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE, "a frame of " + length + " bytes is refused: at most " + maxBody + " are accepted");
    }
    if (length > 0) {
      body = allocator.directBuffer(length, length);
      missing = length;
    }
  }

  private boolean fill(ByteBuf half, ByteBuf in) {
    int some = Math.min(missing, in.readableBytes());
    half.writeBytes(in, some);
    missing -= some;
    if (missing > 0) {
      return false;
    }
    body = null;
    return true;
  }

  /** Releases a body that is half read. */
  @Override
  public void close() {
    ByteBuf half = body;
    body = null;
    lengthHigh = NO_BYTE;
    if (half != null) {
      half.release();
    }
  }
}
