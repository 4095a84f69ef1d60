package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import live.sluice.media.Frame;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/**
 * G.711 (RFC 3551, section 4.5.14): a byte a sample and channel. A frame that does not fit into a packet is cut between
 * samples, and the timestamps go on by them.
 */
final class G711Packetizer implements Packetizer {
  private final RtpTrack track;
  private final PacketWriter writer;
  private final int channels;
  private final int most;

  G711Packetizer(RtpTrack track, PacketWriter writer, int maxPayload) {
    this.track = track;
    this.writer = writer;
    this.channels = Math.clamp(track.channels(), 1, 2);
    this.most = maxPayload - maxPayload % channels;
  }

  @Override
  public void packetize(Frame frame, int timestamp, long nowNanos, Consumer<RtpPacket> out) {
    int size = frame.size();
    if (frame.config() || frame.track().codec() != track.codec() || size == 0) {
      return;
    }
    try {
      int packets = (size + most - 1) / most;
      ByteBuf buffer = writer.open(packets * PacketWriter.HEADER + size);
      ByteBuf payload = frame.payload();
      for (int at = 0; at < size; at += most) {
        writer.begin(timestamp + at / channels);
        buffer.writeBytes(payload, payload.readerIndex() + at, Math.min(most, size - at));
      }
      writer.finish(false, true, nowNanos, out);
    } finally {
      writer.close();
    }
  }
}
