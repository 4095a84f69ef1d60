package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an FLV byte stream as it comes in from a network. Each tag is copied once into a buffer of its own size, so
 * that a tag that is kept does not keep its neighbours. Not thread-safe; {@link #close} releases a tag that is half
 * read.
 */
public final class FlvTagReader implements AutoCloseable {
  /** Largest body that is accepted where nothing else is said, in bytes. */
  public static final int DEFAULT_MAX_BODY = 16 << 20;

  /** A header that claims more than this is given its memory only as its bytes come in. */
  private static final int TRUSTED = 256 << 10;

  private static final int MAX_HEADER = 1024;
  private static final int FILTERED = 0x20;

  private final ByteBufAllocator allocator;
  private final int maxBody;
  private final ByteBuf head = Unpooled.buffer(FlvForm.TAG_HEADER, FlvForm.TAG_HEADER);
  private @Nullable ByteBuf tag;
  private boolean started;
  private int flags;
  private int skip;
  private int missing;

  /** Accepts bodies of up to {@link #DEFAULT_MAX_BODY} bytes. */
  public FlvTagReader(ByteBufAllocator allocator) {
    this(allocator, DEFAULT_MAX_BODY);
  }

  /** Accepts bodies of up to {@code maxBody} bytes. */
  public FlvTagReader(ByteBufAllocator allocator, int maxBody) {
    this.allocator = allocator;
    this.maxBody = maxBody;
  }

  /**
   * Reads on, to the end of the next tag or of {@code in}, whichever comes first; call it until it gives null.
   *
   * @param in borrowed; what is read is read for good
   * @return a tag that the caller owns, or null when {@code in} is used up
   * @throws SluiceException PROTOCOL_ERROR for what is not FLV, TOO_LARGE for a body past the bound; the reader is of
   *     no use then
   */
  public @Nullable FlvTag read(ByteBuf in) {
    while (in.isReadable()) {
      if (skip > 0) {
        int some = Math.min(skip, in.readableBytes());
        in.skipBytes(some);
        skip -= some;
      } else if (tag != null) {
        if (fill(tag, in)) {
          return complete(tag);
        }
      } else if (!started) {
        if (fillHead(in, FlvHeader.LENGTH)) {
          start();
        }
      } else if (fillHead(in, FlvForm.TAG_HEADER)) {
        begin();
      }
    }
    return null;
  }

  /** Whether the header of the stream was read. */
  public boolean started() {
    return started;
  }

  /** Whether the header says that there is sound; many are wrong. */
  public boolean audio() {
    return (flags & FlvHeader.AUDIO) != 0;
  }

  /** Whether the header says that there are pictures; many are wrong. */
  public boolean video() {
    return (flags & FlvHeader.VIDEO) != 0;
  }

  @Override
  public void close() {
    ByteBuf half = tag;
    tag = null;
    if (half != null) {
      half.release();
    }
  }

  private boolean fillHead(ByteBuf in, int length) {
    in.readBytes(head, Math.min(length - head.writerIndex(), in.readableBytes()));
    return head.writerIndex() == length;
  }

  private void start() {
    if (head.readMedium() != ('F' << 16 | 'L' << 8 | 'V') || head.readByte() != 1) {
      throw broken("it does not begin with FLV and version 1");
    }
    flags = head.readByte();
    long offset = head.readUnsignedInt();
    if (offset < FlvHeader.LENGTH || offset > MAX_HEADER) {
      throw broken("its header claims " + offset + " bytes");
    }
    skip = (int) offset - FlvHeader.LENGTH + FlvForm.TAG_SIZE;
    head.clear();
    started = true;
  }

  private void begin() {
    int type = head.getUnsignedByte(0);
    int length = head.getUnsignedMedium(1);
    if (!FlvType.known(type & ~FILTERED)) {
      throw broken("a tag of type " + type);
    }
    if (length > maxBody) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE, "an FLV tag of " + length + " bytes is refused: at most " + maxBody + " are accepted");
    }
    int total = FlvForm.TAG_HEADER + length + FlvForm.TAG_SIZE;
    ByteBuf buffer = allocator.directBuffer(Math.min(total, TRUSTED), total);
    buffer.writeBytes(head, 0, 8).writeMedium(0); // the stream id, always 0
    tag = buffer;
    missing = length + FlvForm.TAG_SIZE;
    head.clear();
  }

  private boolean fill(ByteBuf buffer, ByteBuf in) {
    int some = Math.min(missing, in.readableBytes());
    buffer.writeBytes(in, some);
    missing -= some;
    return missing == 0;
  }

  private FlvTag complete(ByteBuf buffer) {
    tag = null;
    // Some writers leave the size that follows a tag 0: what is passed on is right.
    buffer.setInt(buffer.writerIndex() - FlvForm.TAG_SIZE, buffer.writerIndex() - FlvForm.TAG_SIZE);
    int type = buffer.getUnsignedByte(0);
    long timestamp = Integer.rotateRight(buffer.getInt(4), 8) & 0xffffffffL;
    return new FlvTag(type & ~FILTERED, timestamp, (type & FILTERED) != 0, buffer);
  }

  private static SluiceException broken(String what) {
    return new SluiceException(ErrorCode.PROTOCOL_ERROR, "an FLV stream can't be read: " + what);
  }
}
