package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpResult;
import live.sluice.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** Takes SRTP off what a peer sends, and puts it on what it is sent, once the handshake has brought keys. On its loop. */
final class PeerSrtp {
  private final RtcCounters counters;
  private final ByteBufAllocator allocator;
  private @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver receiver;

  /** There are no keys yet. */
  PeerSrtp(RtcCounters counters, ByteBufAllocator allocator) {
    this.counters = counters;
    this.allocator = allocator;
  }

  void begin(SrtpKeys keys) {
    sender = SrtpSender.of(keys);
    receiver = SrtpReceiver.of(keys);
  }

  /** Protects what is sent; null before there are keys. */
  @Nullable SrtpSender sender() {
    return sender;
  }

  /** An RTP packet in the clear, which the caller releases; null where it is nothing of the peer's, or there are no keys. */
  @Nullable ByteBuf openRtp(ByteBuf bytes) {
    SrtpReceiver opener = receiver;
    if (opener == null) {
      return null;
    }
    ByteBuf packet = copy(bytes);
    return orNull(packet, opener.unprotect(packet));
  }

  /** An RTCP packet, likewise. */
  @Nullable ByteBuf openRtcp(ByteBuf bytes) {
    SrtpReceiver opener = receiver;
    if (opener == null) {
      return null;
    }
    ByteBuf packet = copy(bytes);
    return orNull(packet, opener.unprotectRtcp(packet));
  }

  /** Of its own size: what the socket read into is larger, and packets are kept. */
  private ByteBuf copy(ByteBuf bytes) {
    ByteBuf packet = allocator.directBuffer(bytes.readableBytes());
    return packet.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
  }

  private @Nullable ByteBuf orNull(ByteBuf packet, SrtpResult result) {
    if (result == SrtpResult.OK) {
      return packet;
    }
    counters.unauthenticated.increment();
    packet.release();
    return null;
  }

  /** An RTCP packet, which stays the caller's, as it is sent; null before there are keys. */
  @Nullable ByteBuf protectRtcp(ByteBuf plain) {
    SrtpSender with = sender;
    if (with == null) {
      return null;
    }
    ByteBuf out = allocator.directBuffer(plain.readableBytes() + with.rtcpOverhead());
    with.protectRtcp(plain, out);
    return out;
  }
}
