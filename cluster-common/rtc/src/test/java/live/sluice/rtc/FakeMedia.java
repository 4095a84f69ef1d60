package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.media.ErrorCode;
import live.sluice.rtp.rtcp.RtcpWriter;

/** Media of a peer that has none, and says goodbye. */
final class FakeMedia implements PeerMedia {
  volatile Peer peer;
  volatile boolean connected;
  volatile ErrorCode closed;

  @Override
  public void onConnected() {
    connected = true;
  }

  @Override
  public void onRtp(ByteBuf packet, long nowNanos) {
    packet.release();
  }

  @Override
  public void onRtcp(ByteBuf packet, long nowNanos) {}

  @Override
  public void onReadComplete() {}

  @Override
  public void onTick(long nowNanos) {}

  @Override
  public void onClosed(ErrorCode code, String why) {
    closed = code;
    ByteBuf bye = Unpooled.buffer();
    RtcpWriter.bye(bye, 1);
    peer.sendRtcp(bye);
    bye.release();
  }
}
