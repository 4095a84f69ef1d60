package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.TimestampUnwrapper;

/** Depacketizer of sound: a payload is a frame, and what is lost is passed over. */
final class SoundDepacketizer implements Depacketizer, ReorderBuffer.Output {
  private static final int OPUS_RATE = 48_000;

  private final RtpTrack track;
  private final ByteBufAllocator allocator;
  private final AccessUnitListener listener;
  private final int maxBytes;
  private final ReorderBuffer order;
  private final TimestampUnwrapper clock = new TimestampUnwrapper();
  private boolean configured;

  SoundDepacketizer(
      RtpTrack track, ByteBufAllocator allocator, AccessUnitListener listener, DepacketizerSettings settings) {
    this.track = track;
    this.allocator = allocator;
    this.listener = listener;
    this.maxBytes = settings.maxUnitBytes();
    this.order = new ReorderBuffer(settings.windowPackets(), settings.waitMillis() * 1_000_000L, this);
  }

  @Override
  public void receive(RtpPacket packet, long nowNanos) {
    order.add(packet, nowNanos);
  }

  @Override
  public void skip(int sequence, long nowNanos) {
    order.skip(sequence, nowNanos);
  }

  @Override
  public void poll(long nowNanos) {
    order.poll(nowNanos);
  }

  @Override
  public void close() {
    order.clear();
  }

  @Override
  public void next(RtpPacket packet) {
    int length = packet.payloadLength();
    if (length <= 0 || length > maxBytes) {
      return;
    }
    if (!configured && track.codec() == Codec.OPUS) {
      listener.onConfig(opusHead(Math.clamp(track.channels(), 1, 2)));
    }
    configured = true;
    // A copy: sound is small, and the packet may hold a buffer that is not.
    ByteBuf bytes = packet.bytes();
    ByteBuf payload = allocator.buffer(length);
    payload.writeBytes(bytes, bytes.readerIndex() + packet.payloadOffset(), length);
    listener.onAccessUnit(payload, clock.unwrap(packet.timestamp()), true);
  }

  @Override
  public void lost() {
    // Sound goes on: timestamps tell how much is missing.
  }

  /** The identification header (RFC 7845, section 5.1), with nothing to be thrown away at the start. */
  private static byte[] opusHead(int channels) {
    byte[] head = new byte[19];
    byte[] magic = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, head, 0, magic.length);
    head[8] = 1;
    head[9] = (byte) channels;
    head[12] = (byte) OPUS_RATE;
    head[13] = (byte) (OPUS_RATE >> 8);
    head[14] = (byte) (OPUS_RATE >> 16);
    return head;
  }
}
