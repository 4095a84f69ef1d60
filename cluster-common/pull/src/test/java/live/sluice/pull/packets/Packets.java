package live.sluice.pull.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** Packets to be sent, and what came of them as texts: {@code 0/1 s7 t700 k m 3} is track 0, layer 1, a keyframe, marked. */
final class Packets {
  static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  static final RtpTrack AUDIO = new RtpTrack(1, Codec.OPUS, 48_000, 2, "useinbandfec=1");
  static final List<RtpTrack> TRACKS = List.of(VIDEO, AUDIO);

  private Packets() {}

  /** A packet whose timestamp is 100 times its number; every one is the last of its picture. */
  static RtpPacket of(RtpTrack track, int layer, int sequence, boolean keyframe, int payload) {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(12 + payload);
    bytes.writeByte(0x80).writeByte(0x80 | 111).writeShort(sequence).writeInt(100 * sequence).writeInt(0xabcd1234);
    byte[] filler = new byte[payload];
    Arrays.fill(filler, (byte) sequence);
    bytes.writeBytes(filler);
    return new RtpPacket(track, layer, bytes, 12, keyframe, 0);
  }

  static RtpPacket key(int layer, int sequence, int payload) {
    return of(VIDEO, layer, sequence, true, payload);
  }

  static RtpPacket delta(int layer, int sequence, int payload) {
    return of(VIDEO, layer, sequence, false, payload);
  }

  static RtpPacket sound(int sequence) {
    return of(AUDIO, 0, sequence, true, 80);
  }

  static String text(RtpPacket packet) {
    return packet.track().index()
        + "/"
        + packet.layer()
        + " s"
        + packet.sequence()
        + " t"
        + packet.timestamp()
        + (packet.keyframe() ? " k" : "")
        + (packet.marker() ? " m " : " ")
        + packet.payloadLength();
  }

  /** Reads all frames of {@code bytes}, which it releases: packets as texts, messages as their records' texts. */
  static List<String> texts(ByteBuf bytes, List<RtpTrack> tracks) {
    List<String> texts = new ArrayList<>();
    try (Rfc4571Reader reader = new Rfc4571Reader(ByteBufAllocator.DEFAULT, PacketHop.MAX_BODY)) {
      for (ByteBuf body = reader.read(bytes); body != null; body = reader.read(bytes)) {
        if (body.getByte(0) < 0) {
          RtpPacket packet = HopPacket.read(body, tracks, 0);
          texts.add(text(packet));
          packet.release();
        } else {
          texts.add(String.valueOf(HopMessages.read(body)));
          body.release();
        }
      }
    } finally {
      bytes.release();
    }
    return texts;
  }

  /** Several frames, one behind the other. */
  static ByteBuf joined(ByteBuf... frames) {
    return Unpooled.wrappedBuffer(frames);
  }

  static ByteBuf frame(HopMessage message) {
    return HopMessages.frame(message, ByteBufAllocator.DEFAULT);
  }

  /** A packet as a frame; it is released. */
  static ByteBuf frame(RtpPacket packet) {
    ByteBuf out = Unpooled.buffer();
    HopPacket.writeHead(packet, out);
    out.writeBytes(packet.bytes(), 12, packet.bytes().readableBytes() - 12);
    packet.release();
    return out;
  }
}
