package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.container.flv.FlvForm;
import live.sluice.media.Frame;
import live.sluice.media.WireForm;

/** A frame as an FLV tag in one binary WebSocket message of one frame (RFC 6455, 5.2), unmasked as a server's are. */
final class WsFlvForm extends WireForm {
  static final WsFlvForm WS_FLV = new WsFlvForm();

  private static final int FINAL_BINARY = 0x82;
  private static final int MAX_HEADER = 10;

  private WsFlvForm() {
    super("ws-flv");
  }

  @Override
  protected ByteBuf encode(Frame frame, ByteBufAllocator allocator) {
    ByteBuf tag = frame.encoded(FlvForm.FLV, allocator);
    ByteBuf out = allocator.directBuffer(MAX_HEADER + tag.readableBytes());
    writeHeader(out, tag.readableBytes());
    return out.writeBytes(tag, tag.readerIndex(), tag.readableBytes());
  }

  /** The header of a binary message of that length. */
  static void writeHeader(ByteBuf out, int length) {
    out.writeByte(FINAL_BINARY);
    if (length < 126) {
      out.writeByte(length);
    } else if (length < 65_536) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }
}
