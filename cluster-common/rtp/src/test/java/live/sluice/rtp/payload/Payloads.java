package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** Tracks, frames and packets for tests of this package. */
final class Payloads {
  static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
  static final int SECOND = 90_000;

  /** 640x360, constrained baseline. */
  static final byte[] SPS = hex("6742c01ed890280bfe5c0440000003004000000c83c58b8980");

  static final byte[] PPS = hex("68c888cb20");
  static final byte[] AVCC =
      hex("0142c01effe1001967" + "42c01ed890280bfe5c0440000003004000000c83c58b8980" + "01000568c888cb20");

  private Payloads() {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static RtpTrack track(Codec codec) {
    return track(codec, "");
  }

  static RtpTrack track(Codec codec, String parameters) {
    boolean sound = codec.kind() == MediaKind.AUDIO;
    int clock = !sound ? SECOND : codec == Codec.OPUS ? 48_000 : 8_000;
    return new RtpTrack(0, codec, clock, codec == Codec.OPUS ? 2 : sound ? 1 : 0, parameters);
  }

  /** A frame of NAL units behind lengths of 4 bytes. */
  static Frame frame(Codec codec, byte[] config, boolean keyframe, byte[]... nals) {
    ByteBuf payload = ALLOCATOR.directBuffer();
    for (byte[] nal : nals) {
      payload.writeInt(nal.length).writeBytes(nal);
    }
    return new Frame(new Track(0, codec, config, null, null), 0, 0, keyframe, false, payload);
  }

  /** A frame of just those bytes. */
  static Frame raw(Codec codec, byte[] config, boolean keyframe, byte[] bytes) {
    ByteBuf payload = ALLOCATOR.directBuffer().writeBytes(bytes);
    return new Frame(new Track(0, codec, config, null, null), 0, 0, keyframe, false, payload);
  }

  /** A NAL unit, or anything else, that begins with {@code header} and goes on with numbers up to that size. */
  static byte[] filled(int size, int... header) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i < header.length ? header[i] : i * 7 % 251);
    }
    return bytes;
  }

  /** The packets of a frame, which is released. */
  static List<RtpPacket> packets(Packetizer packetizer, Frame frame, int timestamp) {
    List<RtpPacket> packets = new ArrayList<>();
    try {
      packetizer.packetize(frame, timestamp, 0, packets::add);
    } finally {
      frame.release();
    }
    return packets;
  }

  /** What the payloads of packets are, each one released. */
  static List<byte[]> payloads(List<RtpPacket> packets) {
    List<byte[]> payloads = new ArrayList<>();
    for (RtpPacket packet : packets) {
      payloads.add(payload(packet));
      packet.release();
    }
    return payloads;
  }

  static byte[] payload(RtpPacket packet) {
    ByteBuf bytes = packet.bytes();
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex() + packet.payloadOffset(), packet.payloadLength());
  }

  /** A packet with that payload. */
  static RtpPacket packet(RtpTrack track, int sequence, int timestamp, boolean marker, byte[] payload) {
    ByteBuf bytes = ALLOCATOR.directBuffer(12 + payload.length);
    bytes.writeByte(0x80).writeByte(marker ? 0xe0 : 0x60).writeShort(sequence).writeInt(timestamp).writeInt(0);
    bytes.writeBytes(payload);
    ByteBuf view = Unpooled.wrappedBuffer(payload);
    boolean keyframe = Keyframes.startsKeyframe(track.codec(), view, 0, payload.length);
    return new RtpPacket(track, 0, bytes, 12, keyframe, 0);
  }

  static byte[] join(byte[]... parts) {
    ByteBuf all = Unpooled.buffer();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return ByteBufUtil.getBytes(all);
  }
}
