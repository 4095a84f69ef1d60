package live.sluice.rtc.ice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/**
 * Cuts what comes on a connection into packets, each a slice that its receiver releases; RFC 4571. Holds one packet at
 * most. A longer one than allowed is an exception to {@code exceptionCaught} whose cause is a SluiceException, and all
 * that follows is skipped: who comes after it closes the connection.
 */
public final class TcpPacketDecoder extends ByteToMessageDecoder {
  private final int maxPacketBytes;
  private boolean broken;

  /** A decoder for packets of at most {@code maxPacketBytes}. */
  public TcpPacketDecoder(int maxPacketBytes) {
    this.maxPacketBytes = maxPacketBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < TcpFraming.LENGTH_BYTES) {
      return;
    }
    int length = in.getUnsignedShort(in.readerIndex());
    if (length > maxPacketBytes) {
      broken = true;
      in.skipBytes(in.readableBytes());
      throw new SluiceException(
          ErrorCode.TOO_LARGE, "a packet of " + length + " bytes by TCP: at most " + maxPacketBytes + " are taken");
    }
    if (length == 0) {
      in.skipBytes(TcpFraming.LENGTH_BYTES);
    } else if (in.readableBytes() >= TcpFraming.LENGTH_BYTES + length) {
      out.add(in.skipBytes(TcpFraming.LENGTH_BYTES).readRetainedSlice(length));
    }
  }
}
