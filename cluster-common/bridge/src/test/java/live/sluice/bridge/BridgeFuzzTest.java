package live.sluice.bridge;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.Natives;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/** Whatever a publisher sends, it costs what it sent and nothing else. FFmpeg's own decoders are not reached here. */
class BridgeFuzzTest {
  private static final AudioEngine ENGINE = new AudioEngine(Natives.CACHE, 1);
  private static final Codec[] PICTURES = {Codec.H264, Codec.HEVC, Codec.AV1};
  private static final int HEAD = 8;

  /** Packets of pictures and of Opus, each with any numbers and times. */
  @FuzzTest(maxDuration = "1m")
  void anyPackets(byte[] data) {
    ByteBuf in = Unpooled.wrappedBuffer(data);
    Collected out = new Collected();
    RtpTrack video = new RtpTrack(0, codec(in), 90_000, 0, "");
    RtpTrack audio = new RtpTrack(1, Codec.OPUS, 48_000, 2, "");
    long now = 0;
    long lastVideo = Long.MIN_VALUE;
    try (RtpToFrames bridge =
        new RtpToFrames(List.of(video, audio), true, out, ENGINE, PooledByteBufAllocator.DEFAULT, out)) {
      while (in.readableBytes() >= HEAD) {
        int flags = in.readUnsignedByte();
        now += in.readUnsignedByte() * 10_000_000L;
        int sequence = in.readShort();
        int timestamp = in.readInt();
        RtpTrack track = (flags & 1) == 0 ? video : audio;
        if ((flags & 0x80) != 0) {
          bridge.senderReport(track, 0, (long) timestamp << 30, timestamp);
        }
        int length = Math.min(in.readableBytes(), flags >> 1 & 0x1f);
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer();
        bytes.writeByte(0x80).writeByte((flags << 1 & 0x80) | 96).writeShort(sequence).writeInt(timestamp).writeInt(0);
        bytes.writeBytes(in, length);
        RtpPacket packet = new RtpPacket(track, 0, bytes, 12, (flags & 2) != 0, now);
        bridge.packet(packet);
        packet.release();
        bridge.poll(now);
      }
      for (Frame frame : out.frames) {
        if (frame.track().codec() == video.codec()) {
          if (frame.dts() < lastVideo) {
            throw new IllegalStateException("time went back");
          }
          lastVideo = frame.dts();
        }
      }
    } finally {
      out.release();
    }
  }

  /** Frames of pictures and of Opus, with any configuration and any times. */
  @FuzzTest(maxDuration = "1m")
  void anyFrames(byte[] data) {
    ByteBuf in = Unpooled.wrappedBuffer(data);
    Collected out = new Collected();
    Codec codec = codec(in);
    byte[] config = new byte[Math.min(in.readableBytes(), 40)];
    in.readBytes(config);
    Track video = new Track(0, codec, config, null, null);
    Track audio = Track.bare(Codec.OPUS);
    try (FramesToRtp bridge =
        new FramesToRtp(
            "live/fuzz", out, ENGINE, new ManualTicker(), PooledByteBufAllocator.DEFAULT, out)) {
      while (in.readableBytes() >= HEAD) {
        int flags = in.readUnsignedByte();
        int offset = in.readByte();
        int dts = in.readShort() * 10;
        int wanted = in.readUnsignedByte();
        int length = Math.min(in.readableBytes(), wanted);
        Track track = (flags & 1) == 0 ? video : audio;
        ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(in, length);
        Frame frame = new Frame(track, dts, offset, (flags & 2) != 0, (flags & 12) == 12, payload);
        bridge.onFrame(frame);
        frame.release();
      }
    } finally {
      out.release();
    }
  }

  private static Codec codec(ByteBuf in) {
    return in.isReadable() ? PICTURES[in.readUnsignedByte() % PICTURES.length] : Codec.H264;
  }
}
