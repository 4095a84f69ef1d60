package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.rtp.RtpPacket;

/** Opus (RFC 7587, section 4.2): a frame is a payload, which can't be cut. */
final class OpusPacketizer implements Packetizer {
  /** Bytes that still fit into one packet on the networks that are. An Opus frame of 20 ms has at most 1,275. */
  private static final int MOST_BYTES = 1400;

  private final PacketWriter writer;

  OpusPacketizer(PacketWriter writer) {
    this.writer = writer;
  }

  @Override
  public void packetize(Frame frame, int timestamp, long nowNanos, Consumer<RtpPacket> out) {
    int size = frame.size();
    if (frame.config() || frame.track().codec() != Codec.OPUS || size == 0 || size > MOST_BYTES) {
      return;
    }
    try {
      ByteBuf buffer = writer.open(PacketWriter.HEADER + size);
      writer.begin(timestamp);
      ByteBuf payload = frame.payload();
      buffer.writeBytes(payload, payload.readerIndex(), size);
      writer.finish(false, true, nowNanos, out);
    } finally {
      writer.close();
    }
  }
}
