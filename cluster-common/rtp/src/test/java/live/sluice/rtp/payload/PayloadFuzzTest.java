package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.media.codec.NalCursor;
import live.sluice.media.codec.Tracks;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

class PayloadFuzzTest {
  private static final Codec[] CODECS = {
    Codec.H264, Codec.HEVC, Codec.AV1, Codec.OPUS, Codec.G711A, Codec.VP8, Codec.VP9
  };
  private static final int DEPACKETIZED = 5;
  private static final long MS = 1_000_000;

  /**
   * Whatever packets come, every access unit is well-formed, every configuration can be read, and nothing is leaked.
   */
  @FuzzTest(maxDuration = "1m")
  void anyPackets(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Codec codec = CODECS[(data[0] & 0xff) % DEPACKETIZED];
    RtpTrack track = Payloads.track(codec);
    DepacketizerSettings settings = new DepacketizerSettings(8, 10, 100, 4096);
    Depacketizer depacketizer = Depacketizer.of(track, Payloads.ALLOCATOR, new Checking(codec), settings);
    ByteBuf in = Unpooled.wrappedBuffer(data, 1, data.length - 1);
    int sequence = 0;
    int timestamp = 0;
    long now = 0;
    while (in.readableBytes() >= 2) {
      // Marker, new picture, jump, time, and a step of the sequence numbers from -4 to 3 around the next one.
      int step = in.readByte();
      int length = Math.min(in.readUnsignedByte(), in.readableBytes());
      sequence += (step & 7) == 0 ? 1 : (step & 7) - 4;
      sequence += (step & 0x10) != 0 ? 5000 : 0;
      timestamp += (step & 0x20) != 0 ? 3000 : 0;
      now += (step & 0x40) != 0 ? 7 * MS : 0;
      byte[] payload = new byte[length];
      in.readBytes(payload);
      if ((step & 8) != 0 && length == 0) {
        depacketizer.skip(sequence, now);
      } else {
        RtpPacket packet = Payloads.packet(track, sequence & 0xffff, timestamp, (step & 0x80) != 0, payload);
        depacketizer.receive(packet, now);
        packet.release();
      }
    }
    depacketizer.poll(now + 100 * MS);
    depacketizer.close();
  }

  /** Whatever frame comes, its packets keep the bound, and a depacketizer takes them all without complaint. */
  @FuzzTest(maxDuration = "1m")
  void anyFrame(byte[] data) {
    if (data.length < 3) {
      return;
    }
    Codec codec = CODECS[(data[0] & 0xff) % DEPACKETIZED];
    boolean keyframe = (data[1] & 1) != 0;
    int configLength = Math.min(data[2] & 0xff, data.length - 3);
    byte[] config = Arrays.copyOfRange(data, 3, 3 + configLength);
    byte[] payload = Arrays.copyOfRange(data, 3 + configLength, data.length);
    Packetizer packetizer = Packetizer.of(Payloads.track(codec), Payloads.ALLOCATOR, 64);
    Frame frame = Payloads.raw(codec, config, keyframe, payload);
    List<RtpPacket> packets;
    try {
      packets = Payloads.packets(packetizer, frame, 0);
    } catch (SluiceException refused) {
      return;
    }
    Depacketizer depacketizer = Depacketizer.of(Payloads.track(codec), Payloads.ALLOCATOR, new Checking(codec));
    for (int i = 0; i < packets.size(); i++) {
      RtpPacket packet = packets.get(i);
      assertThat(packet.payloadLength()).isBetween(1, codec == Codec.OPUS ? 1400 : 64);
      assertThat(packet.sequence()).isEqualTo(i);
      assertThat(packet.keyframe()).isEqualTo((i == 0 && keyframe) || codec.kind() != Codec.H264.kind());
      depacketizer.receive(packet, 0);
      packet.release();
    }
    depacketizer.close();
  }

  /** Whatever a packet holds, it is read within its bounds. The first byte is the codec. */
  @FuzzTest(maxDuration = "1m")
  void anyPayload(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Codec codec = CODECS[(data[0] & 0xff) % CODECS.length];
    ByteBuf packet = Unpooled.wrappedBuffer(data).skipBytes(1);
    boolean starts = Keyframes.startsKeyframe(codec, packet, 0, data.length - 1);
    assertThat(starts).isIn(true, codec.kind() != Codec.H264.kind());
  }

  private record Checking(Codec codec) implements AccessUnitListener {
    @Override
    public void onConfig(byte[] record) {
      assertThat(Tracks.of(codec, record).config()).isNotEmpty();
    }

    @Override
    public void onAccessUnit(ByteBuf payload, long timestamp, boolean keyframe) {
      try {
        assertThat(payload.isReadable()).isTrue();
        if (codec == Codec.H264 || codec == Codec.HEVC) {
          NalCursor cursor = new NalCursor().reset(payload, 4);
          while (cursor.next()) {
            assertThat(cursor.length()).isPositive();
          }
          assertThat(cursor.truncated()).isFalse();
        } else if (codec == Codec.AV1) {
          ObuCursor cursor = new ObuCursor();
          cursor.reset(payload);
          while (cursor.next()) {
            assertThat(Obu.hasSize(cursor.header())).isTrue();
          }
          assertThat(cursor.truncated()).isFalse();
        }
      } finally {
        payload.release();
      }
    }

    @Override
    public void onKeyframeNeeded() {}
  }
}
