package live.sluice.bridge;

import static live.sluice.bridge.Pictures.B;
import static live.sluice.bridge.Pictures.B_REFERENCED;
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
import live.sluice.bridge.audio.Natives;
import live.sluice.bridge.audio.TestEncoder;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FramesToRtpTest {
  private static final Track OPUS = Track.bare(Codec.OPUS);
  private static TestEncoder.Clip aac;
  private static Track aacTrack;

  private final AudioEngine engine = new AudioEngine(Natives.CACHE, 1);
  private final Collected out = new Collected();
  private final ManualTicker ticker = new ManualTicker();
  private final FramesToRtp bridge =
      new FramesToRtp("live/test", out, engine, null, ticker, PooledByteBufAllocator.DEFAULT, out);

  @BeforeAll
  static void encode() {
    Natives.load();
    aac = TestEncoder.encode(Codec.AAC, 44_100, 2, 2, false);
    aacTrack = Tracks.of(Codec.AAC, aac.input().config());
  }

  @AfterEach
  void close() {
    bridge.close();
    Natives.end(engine);
    out.release();
  }

  @Test
  void tellsBothTracksBeforeTheFirstPacket() {
    put(Pictures.config(), audioConfig(), Pictures.avc(IDR, 0, 0));

    RtpTrack video =
        new RtpTrack(
            0,
            Codec.H264,
            90_000,
            0,
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42c01e");
    RtpTrack audio =
        new RtpTrack(1, Codec.OPUS, 48_000, 2, "minptime=10;sprop-stereo=1;stereo=1;useinbandfec=1");
    assertThat(out.tracks).containsExactly(List.of(video, audio));
    assertThat(out.packets).hasSize(1);
  }

  @Test
  void holdsFramesUntilTheTracksAreKnown() {
    put(Pictures.config(), Pictures.avc(IDR, 0, 0), Pictures.avc(P, 200, 200));
    assertThat(out.tracks).isEmpty();
    assertThat(out.packets).isEmpty();

    put(Pictures.avc(P, 400, 400));

    assertThat(out.tracks).hasSize(1);
    assertThat(out.tracks.getFirst()).hasSize(1);
    assertThat(times(VIDEO, 90)).containsExactly(0L, 200L, 400L);
  }

  @Test
  void soundAloneIsATrackToo() {
    put(audioConfig());
    putSound(0, 1_000);

    assertThat(out.tracks).hasSize(1);
    assertThat(out.tracks.getFirst()).singleElement().matches(track -> track.codec() == Codec.OPUS);
    assertThat(out.tracks.getFirst().getFirst().index()).isZero();
  }

  @Test
  void keyframesBeginWithParameterSetsAndAreMarked() {
    begin();

    RtpPacket packet = out.packets.getFirst();
    ByteBuf bytes = packet.bytes();
    int payload = bytes.readerIndex() + packet.payloadOffset();
    assertThat(packet.keyframe()).isTrue();
    assertThat(packet.marker()).isTrue();
    // STAP-A, and the SPS is its first unit: RFC 6184, section 5.7.1.
    assertThat(bytes.getByte(payload) & 0x1f).isEqualTo(24);
    assertThat(bytes.getByte(payload + 3) & 0x1f).isEqualTo(7);
  }

  @Test
  void bFramesThatNothingRefersToAreLeftOut() {
    begin();

    put(Pictures.avc(P, 40, 160), Pictures.avc(B, 80, 80), Pictures.avc(B, 120, 120), Pictures.avc(P, 160, 280));

    assertThat(times(VIDEO, 90)).containsExactly(0L, 160L, 280L);
    assertThat(bridge.droppedPictures()).isEqualTo(2);
    assertThat(out.refusals).isEmpty();
  }

  @Test
  void aStreamWithReferencedBframesIsRefusedWithThatReason() {
    beRefused();
    int before = out.packets.size();

    put(Pictures.avc(P, 280, 480));

    assertThat(out.refusals).singleElement().asString().startsWith("B_FRAMES").contains("B-frames");
    assertThat(out.packets).hasSize(before);
  }

  @Test
  void whereAnEncoderReordersNobodyIsToldBeforeItIsKnownHow() {
    put(Pictures.config(), audioConfig(), Pictures.avc(IDR, 0, 80), Pictures.avc(P, 40, 240));
    put(Pictures.avc(B_REFERENCED, 80, 160), Pictures.avc(B, 120, 120), Pictures.avc(B, 160, 200));
    assertThat(out.refusals).isEmpty();

    put(Pictures.avc(P, 200, 400), Pictures.avc(B_REFERENCED, 240, 320), Pictures.avc(B, 280, 280));

    assertThat(out.tracks).isEmpty();
    assertThat(out.refusals).singleElement().asString().startsWith("B_FRAMES");
  }

  @Test
  void whereAnEncoderReordersWithoutNeedTheTracksAreToldAllTheSame() {
    put(Pictures.config(), audioConfig(), Pictures.avc(IDR, 0, 80), Pictures.avc(P, 40, 200));
    put(Pictures.avc(B, 80, 120), Pictures.avc(B, 120, 160), Pictures.avc(P, 320, 480));
    assertThat(out.tracks).isEmpty();

    put(Pictures.avc(B, 400, 420));

    assertThat(out.tracks).hasSize(1);
    assertThat(times(VIDEO, 90)).containsExactly(80L, 200L, 480L);
  }

  @Test
  void anotherSourceIsNotRefusedForTheOneBefore() {
    beRefused();
    out.release();

    bridge.onSourceEnded();
    put(Pictures.config(), audioConfig(), Pictures.avc(P, 1_000, 1_000), Pictures.avc(IDR, 1_040, 1_040));

    assertThat(times(VIDEO, 90)).containsExactly(1_040L);
    assertThat(out.tracks).as("as before").hasSize(1);
  }

  @Test
  void aSourceWithAnotherCodecBringsNewTracks() {
    begin();
    RtpTrack audio = out.tracks.getFirst().getLast();

    bridge.onSourceEnded();
    put(audioConfig(), Pictures.hevc(19, 1_000, 1_000), audioFrame(0, 1_000));

    assertThat(out.tracks).hasSize(2);
    assertThat(out.tracks.getLast().getFirst().codec()).isEqualTo(Codec.HEVC);
    assertThat(out.tracks.getLast().getLast()).isSameAs(audio);
    assertThat(out.packetsOf(VIDEO).getLast().track()).isSameAs(out.tracks.getLast().getFirst());
  }

  @Test
  void picturesThatWebrtcCanNotCarryAreRefused() {
    put(new Frame(Track.bare(Codec.VP9), 0, 0, true, false, buffer(10)));

    assertThat(out.refusals).singleElement().asString().contains("VP9");
  }

  @Test
  void timesNeverStandStill() {
    begin();

    put(Pictures.avc(P, 40, 40), Pictures.avc(P, 40, 40), Pictures.avc(P, 30, 30));

    assertThat(times(VIDEO, 90)).containsExactly(0L, 40L, 41L, 42L);
  }

  @Test
  void cachedFramesCountAsHavingComeWhenTheyWereLive() {
    List<Frame> opening =
        List.of(
            Pictures.config(),
            audioConfig(),
            Pictures.avc(IDR, 0, 0),
            Pictures.avc(P, 1_000, 1_000),
            Pictures.avc(P, 2_000, 2_000));
    bridge.opening(opening);
    opening.forEach(Frame::release);
    ticker.advance(40);
    put(Pictures.avc(P, 2_040, 2_040));

    long now = ticker.nanos();
    assertThat(out.packets)
        .extracting(packet -> (packet.arrivalNanos() - now) / 1_000_000)
        .containsExactly(-2_040L, -1_040L, -40L, 0L);
    assertThat(bridge.mediaMicros(now)).isEqualTo(2_040_000);
  }

  @Test
  void ofCachedSoundOnlyTheLastMomentIsMade() {
    List<Frame> opening = new ArrayList<>(List.of(audioConfig(), Pictures.config(), Pictures.avc(IDR, 0, 0)));
    sound(0, 2_000, opening);
    bridge.opening(opening);
    opening.forEach(Frame::release);

    Await.until("it came", () -> out.run() && times(AUDIO, 48).size() >= 2);
    assertThat(times(AUDIO, 48).getFirst()).isBetween(1_880L, 2_000L);
  }

  @Test
  void soundOfASourceThatBeginsWithItsPastIsNotSentLate() {
    begin();
    putSound(0, 2_000);

    Await.until("sound came", () -> out.run() && times(AUDIO, 48).size() >= 2);
    assertThat(times(AUDIO, 48).getFirst()).isBetween(1_880L, 2_000L);
  }

  @Test
  void soundBecomesOpusOnTheClockOfThePictures() {
    begin();
    putSound(0, 60);
    Await.until("sound came", () -> out.run() && !out.packetsOf(AUDIO).isEmpty());
    ticker.advance(1_000);
    putSound(60, 2_000);

    Await.until("all of it came", () -> out.run() && out.packetsOf(AUDIO).size() > 90);
    List<RtpPacket> packets = out.packetsOf(AUDIO);
    assertThat(packets.getFirst().timestamp() / 48).isBetween(-50, 0);
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp()).isEqualTo(960);
      assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1);
      assertThat(OpusPacket.ticks(payload(packets.get(i)))).isEqualTo(960);
    }
  }

  @Test
  void opusIsPassedAsItIs() {
    byte[] packet = {(byte) 0xfc, 1, 2, 3};
    put(Pictures.config(), Pictures.avc(IDR, 0, 0), opus(packet, 3));
    put(opus(packet, 24), opus(packet, 42), opus(packet, 200));

    assertThat(out.packetsOf(AUDIO)).extracting(RtpPacket::timestamp).containsExactly(144, 1_104, 2_064, 9_600);
    assertThat(out.packetsOf(AUDIO))
        .allSatisfy(each -> assertThat(payload(each)).isEqualTo(Unpooled.wrappedBuffer(packet)));
  }

  @Test
  void whatIsHeldIsReleasedAtTheEnd() {
    put(Pictures.config(), Pictures.avc(IDR, 0, 0), Pictures.avc(P, 40, 40));

    bridge.close();
    put(Pictures.avc(P, 1_000, 1_000));

    assertThat(out.packets).isEmpty();
  }

  private void begin() {
    put(Pictures.config(), audioConfig(), Pictures.avc(IDR, 0, 0));
  }

  private void beRefused() {
    begin();
    put(Pictures.avc(P, 40, 240), Pictures.avc(B_REFERENCED, 80, 160), Pictures.avc(B, 120, 120));
    put(Pictures.avc(P, 200, 400), Pictures.avc(B_REFERENCED, 240, 320));
  }

  private void put(Frame... frames) {
    for (Frame frame : frames) {
      bridge.onFrame(frame);
      frame.release();
    }
  }

  private void putSound(long from, long to) {
    List<Frame> frames = new ArrayList<>();
    sound(from, to, frames);
    put(frames.toArray(Frame[]::new));
  }

  private static void sound(long from, long to, List<Frame> into) {
    for (TestEncoder.Coded coded : aac.frames()) {
      long pts = aac.rounded(coded) / 48;
      if (pts >= from && pts < to) {
        into.add(new Frame(aacTrack, pts, 0, true, false, Unpooled.copiedBuffer(coded.bytes())));
      }
    }
  }

  private static Frame audioFrame(int index, long pts) {
    return new Frame(aacTrack, pts, 0, true, false, Unpooled.copiedBuffer(aac.frames().get(index).bytes()));
  }

  private static Frame audioConfig() {
    return new Frame(aacTrack, 0, 0, true, true, Unpooled.copiedBuffer(aacTrack.config()));
  }

  private static Frame opus(byte[] packet, long pts) {
    return new Frame(OPUS, pts, 0, true, false, Unpooled.copiedBuffer(packet));
  }

  private static ByteBuf buffer(int bytes) {
    return PooledByteBufAllocator.DEFAULT.directBuffer().writeZero(bytes);
  }

  private static ByteBuf payload(RtpPacket packet) {
    return packet.bytes().slice(packet.bytes().readerIndex() + packet.payloadOffset(), packet.payloadLength());
  }

  /** When the packets of that kind are to be presented, in ms. */
  private List<Long> times(MediaKind kind, int ticksPerMs) {
    return out.packetsOf(kind).stream().map(packet -> (long) packet.timestamp() / ticksPerMs).toList();
  }
}
