package live.sluice.bridge;

import static live.sluice.bridge.Pictures.IDR;
import static live.sluice.bridge.Pictures.P;
import static live.sluice.media.MediaKind.AUDIO;
import static live.sluice.media.MediaKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.AudioTarget;
import live.sluice.bridge.audio.Chirp;
import live.sluice.bridge.audio.Heard;
import live.sluice.bridge.audio.Natives;
import live.sluice.bridge.audio.TestEncoder;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import live.sluice.media.testing.Await;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Packetizer;
import live.sluice.rtp.rtcp.Ntp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RtpToFramesTest {
  private static final long MS = 1_000_000;
  private static final RtpTrack VIDEO_TRACK = new RtpTrack(0, Codec.H264, 90_000, 0, "packetization-mode=1");
  private static final RtpTrack AUDIO_TRACK = new RtpTrack(1, Codec.OPUS, 48_000, 2, "");
  private static final int VIDEO_START = 0xffff0000;
  private static final int AUDIO_START = 0x7ffffff0;
  private static TestEncoder.Clip opus;

  private final AudioEngine engine = new AudioEngine(Natives.CACHE, 1);
  private final Collected out = new Collected();
  private final List<RtpPacket> made = new ArrayList<>();
  private final Packetizer video = Packetizer.of(VIDEO_TRACK, PooledByteBufAllocator.DEFAULT);
  private final Packetizer audio = Packetizer.of(AUDIO_TRACK, PooledByteBufAllocator.DEFAULT);
  private RtpToFrames bridge = bridge(false, VIDEO_TRACK, AUDIO_TRACK);

  @BeforeAll
  static void encode() {
    Natives.load();
    opus = TestEncoder.encode(Codec.OPUS, 48_000, 2, 2, true);
  }

  @AfterEach
  void close() {
    bridge.close();
    Natives.end(engine);
    out.release();
    made.forEach(RtpPacket::release);
  }

  @Test
  void picturesComeWithTheirConfigurationFirst() {
    play(picture(IDR, 0), picture(P, 40));

    List<Frame> frames = out.framesOf(VIDEO);
    assertThat(frames).extracting(Frame::config).containsExactly(true, false, false);
    assertThat(frames).extracting(Frame::keyframe).containsExactly(true, true, false);
    Track.VideoFormat format = frames.getFirst().track().video();
    assertThat(format).isNotNull();
    assertThat(format.width()).isEqualTo(640);
    assertThat(frames.get(2).dts() - frames.get(1).dts()).isEqualTo(40);
    assertThat(frames.get(2).compositionOffset()).isZero();
    // A length of 4 bytes, then the slice.
    assertThat(frames.get(1).payload().getByte(4)).isEqualTo((byte) IDR);
  }

  @Test
  void asksForAKeyframeUntilOneComes() {
    play(picture(P, 0), picture(P, 40));
    assertThat(out.keyframesNeeded).isEqualTo(1);
    assertThat(out.frames).isEmpty();

    play(picture(IDR, 80));

    assertThat(out.framesOf(VIDEO)).hasSize(2);
  }

  @Test
  void packetsOutOfOrderMakeNoDifference() {
    List<RtpPacket> packets = packets(picture(IDR, 0), picture(P, 40), picture(P, 80), picture(P, 120));
    bridge.packet(packets.get(0));
    bridge.packet(packets.get(2));
    bridge.packet(packets.get(3));
    bridge.packet(packets.get(1));
    bridge.packet(packets.get(1));

    assertThat(dts(VIDEO)).containsExactly(0L, 0L, 40L, 80L, 120L);
  }

  @Test
  void whatIsLostIsGivenUpAndAKeyframeAskedFor() {
    List<RtpPacket> packets = packets(picture(IDR, 0), picture(P, 40), picture(P, 80), picture(IDR, 600));
    bridge.packet(packets.get(0));
    bridge.packet(packets.get(2));
    assertThat(out.keyframesNeeded).isZero();

    bridge.poll((80 + 300) * MS);
    assertThat(out.keyframesNeeded).isEqualTo(1);
    bridge.packet(packets.get(3));

    assertThat(dts(VIDEO)).containsExactly(0L, 0L, 600L);
  }

  @Test
  void soundIsThereFromTheFirstPacketAndInStepWithThePictures() {
    play(picture(IDR, 0));
    for (TestEncoder.Coded coded : opus.frames()) {
      play(sound(coded));
    }
    Await.until("sound came", () -> out.run() && out.framesOf(AUDIO).size() > 90);

    Frame config = out.framesOf(AUDIO).getFirst();
    assertThat(config.config()).isTrue();
    assertThat(config.track().codec()).isEqualTo(Codec.AAC);
    long zero = out.framesOf(VIDEO).getFirst().dts();
    List<Frame> coded = out.framesOf(AUDIO).subList(1, out.framesOf(AUDIO).size());
    long begin = coded.getFirst().dts() - zero;
    Heard heard = new Heard();
    for (int i = 0; i < coded.size(); i++) {
      // A player lays samples one behind the other, since times are rounded to ms.
      long behind = i * (long) AudioTarget.AAC.frameSamples();
      heard.accept(coded.get(i).payload().retainedSlice(), begin * 48 + behind);
      assertThat(coded.get(i).dts() - zero - begin - behind / 48).isBetween(-1L, 1L);
    }
    assertThat(begin).isNegative();
    assertThat(coded.getFirst().dts()).isPositive();
    float[] sound = heard.between(AudioTarget.AAC, 4_800, 48_000);
    assertThat(Chirp.lateness(sound, 4_800, 2_400)).as("samples that it is late by").isBetween(-72, 72);
  }

  @Test
  void opusStaysWhereItIsAskedFor() {
    bridge.close();
    bridge = bridge(true, VIDEO_TRACK, AUDIO_TRACK);
    play(sound(opus.frames().get(0)), sound(opus.frames().get(1)));

    List<Frame> frames = out.framesOf(AUDIO);
    assertThat(frames).extracting(Frame::config).containsExactly(true, false, false);
    assertThat(frames.getFirst().track().codec()).isEqualTo(Codec.OPUS);
    assertThat(frames.get(1).payload()).isEqualTo(Unpooled.wrappedBuffer(opus.frames().get(0).bytes()));
    assertThat(frames.get(2).dts() - frames.get(1).dts()).isEqualTo(20);
  }

  @Test
  void aCodecWithoutFramesIsLeftOutWithThatReason() {
    bridge.close();
    bridge = bridge(false, new RtpTrack(0, Codec.VP8, 90_000, 0, ""), AUDIO_TRACK);

    assertThat(out.leftOut).singleElement().asString().contains("VP8");
    play(sound(opus.frames().get(0)));
    assertThat(out.framesOf(AUDIO)).isNotEmpty();
  }

  @Test
  void theHighestLayerOfASimulcastIsTaken() {
    List<RtpPacket> packets = packets(picture(IDR, 0), picture(P, 40), picture(IDR, 80));
    bridge.packet(packets.get(0));
    bridge.packet(layered(packets.get(1), 1));
    bridge.packet(layered(packets.get(2), 1));
    bridge.packet(packets.get(1));

    assertThat(dts(VIDEO)).containsExactly(0L, 0L, 80L, 80L);
  }

  @Test
  void reportsMovePicturesTowardsSound() {
    // Pictures arrive 300 ms later than they should.
    for (int i = 0; i < 250; i++) {
      long at = i * 20L;
      if (i == 50) {
        bridge.senderReport(AUDIO_TRACK, 0, ntp(at), AUDIO_START + (int) at * 48);
        bridge.senderReport(VIDEO_TRACK, 0, ntp(at), VIDEO_START + (int) at * 90);
      }
      play(late(sound(at), 0), late(picture(i % 50 == 0 ? IDR : P, at), 300));
    }
    Await.until("sound came", () -> out.run() && out.framesOf(AUDIO).size() > 100);

    long lastPicture = out.framesOf(VIDEO).getLast().dts() - 249 * 20;
    // The encoder begins a frame earlier, 21 ms.
    long firstSound = out.framesOf(AUDIO).get(1).dts() + 21;
    assertThat(lastPicture - firstSound).isBetween(-3L, 3L);
    assertThat(out.framesOf(VIDEO)).isSortedAccordingTo((a, b) -> Long.compare(a.dts(), b.dts()));
  }

  private record Made(RtpTrack track, Frame frame, int timestamp, long arrival) {}

  private RtpToFrames bridge(boolean keepOpus, RtpTrack... tracks) {
    return new RtpToFrames(List.of(tracks), keepOpus, out, engine, PooledByteBufAllocator.DEFAULT, out);
  }

  private static Made picture(int header, long at) {
    return new Made(VIDEO_TRACK, Pictures.avc(header, at, at), VIDEO_START + (int) at * 90, at);
  }

  private static Made sound(TestEncoder.Coded coded) {
    ByteBuf payload = Unpooled.copiedBuffer(coded.bytes());
    Frame frame = new Frame(Track.bare(Codec.OPUS), 0, 0, true, false, payload);
    // The encoder begins 6.5 ms before the first sample.
    return new Made(AUDIO_TRACK, frame, AUDIO_START + (int) coded.pts(), Math.floorDiv(coded.pts(), 48));
  }

  private static Made sound(long at) {
    ByteBuf payload = Unpooled.copiedBuffer(opus.frames().get(10).bytes());
    Frame frame = new Frame(Track.bare(Codec.OPUS), 0, 0, true, false, payload);
    return new Made(AUDIO_TRACK, frame, AUDIO_START + (int) at * 48, at);
  }

  private static Made late(Made made, long ms) {
    return new Made(made.track(), made.frame(), made.timestamp(), made.arrival() + ms);
  }

  private List<RtpPacket> packets(Made... all) {
    int from = made.size();
    for (Made each : all) {
      Packetizer packetizer = each.track().kind() == AUDIO ? audio : video;
      packetizer.packetize(each.frame(), each.timestamp(), each.arrival() * MS, made::add);
      each.frame().release();
    }
    return List.copyOf(made.subList(from, made.size()));
  }

  private void play(Made... all) {
    packets(all).forEach(bridge::packet);
  }

  private RtpPacket layered(RtpPacket packet, int layer) {
    RtpPacket other =
        new RtpPacket(
            packet.track(),
            layer,
            packet.bytes().retainedSlice(),
            packet.payloadOffset(),
            packet.keyframe(),
            packet.arrivalNanos());
    made.add(other);
    return other;
  }

  private static long ntp(long at) {
    return Ntp.ofWallMillis(1_700_000_000_000L + at);
  }

  /** Times of what came out, from the first one on. */
  private List<Long> dts(MediaKind kind) {
    List<Frame> frames = out.framesOf(kind);
    return frames.stream().map(frame -> frame.dts() - frames.getFirst().dts()).toList();
  }
}
