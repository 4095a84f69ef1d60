package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.media.Frame;
import live.sluice.media.UpstreamForm;

/**
 * A frame as a whole FLV tag with the size that follows it (annex E.4.1), in one direct buffer. The timestamp is the
 * low 32 bits of the decoding time.
 */
public final class FlvForm extends UpstreamForm {
  /** The form of this process. */
  public static final FlvForm FLV = new FlvForm();

  /** Bytes before a tag's body. */
  static final int TAG_HEADER = 11;

  /** Bytes after a tag's body. */
  static final int TAG_SIZE = 4;

  private static final int TIMESTAMP = 4;

  private FlvForm() {
    super("flv");
  }

  @Override
  protected ByteBuf encode(Frame frame, ByteBufAllocator allocator) {
    int bodyLength = FlvBody.length(frame);
    ByteBuf payload = frame.payload();
    ByteBuf out = allocator.directBuffer(TAG_HEADER + bodyLength + TAG_SIZE);
    out.writeByte(FlvBody.tagType(frame));
    out.writeMedium(bodyLength);
    out.writeInt(timestamp(frame));
    out.writeMedium(0);
    FlvBody.header(frame, out);
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    out.writeInt(TAG_HEADER + bodyLength);
    return out;
  }

  @Override
  protected void restamp(ByteBuf form, Frame frame) {
    form.setInt(form.readerIndex() + TIMESTAMP, timestamp(frame));
  }

  /** The four bytes of the timestamp: 24 low bits, then the 8 bits above them. */
  private static int timestamp(Frame frame) {
    return Integer.rotateLeft((int) frame.dts(), 8);
  }
}
