package live.sluice.bridge;

import static live.sluice.media.MediaKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.Natives;
import live.sluice.bridge.video.VideoEngine;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What real encoders make of B-frames. */
class PicturesOfClipsTest {
  private final AudioEngine audio = new AudioEngine(Natives.CACHE, 1);
  private final VideoEngine video = new VideoEngine(Natives.CACHE, 1);
  private final Collected out = new Collected();

  @AfterEach
  void close() {
    Natives.end(audio);
    video.close();
    Await.until("the engine's threads ended", video::isOver);
    out.release();
  }

  @Test
  void ofTwoBframesBetweenOthersNoneIsSent() {
    try (FramesToRtp bridge = bridge(null)) {
      play(bridge, Clips.B_FRAMES);

      assertThat(out.refusals).isEmpty();
      assertThat(bridge.droppedPictures()).isEqualTo(32);
      assertThat(times()).hasSize(18).startsWith(40L, 160L, 280L).isSorted();
    }
  }

  @Test
  void aPyramidIsRefusedWhereNothingIsEncodedAnew() {
    try (FramesToRtp bridge = bridge(null)) {
      play(bridge, Clips.PYRAMID);

      assertThat(out.refusals).singleElement().asString().startsWith("B_FRAMES");
    }
  }

  @Test
  void aPyramidIsEncodedAnewFromItsFirstPictureOn() {
    try (FramesToRtp bridge = bridge(video)) {
      play(bridge, Clips.PYRAMID);
      Await.until("the last ones came", () -> out.run() && !times().isEmpty() && times().getLast() > 1_900);

      assertThat(out.refusals).isEmpty();
      assertThat(out.tracks).hasSize(1);
      assertThat(times()).isSorted().doesNotHaveDuplicates();
      assertThat(bridge.requestKeyframe()).isTrue();
    }
  }

  @Test
  void aPyramidOfHevcBecomesH264() {
    try (FramesToRtp bridge = bridge(video)) {
      play(bridge, Clips.PYRAMID_HEVC);
      Await.until("the last ones came", () -> out.run() && !times().isEmpty() && times().getLast() > 1_900);

      assertThat(out.tracks).extracting(tracks -> tracks.getFirst().codec()).containsExactly(Codec.HEVC, Codec.H264);
      assertThat(out.packets.getLast().track()).isSameAs(out.tracks.getLast().getFirst());
    }
  }

  @Test
  void aNodeThatEncodesEnoughRefusesFurtherStreams() {
    Collected other = new Collected();
    try (FramesToRtp first = bridge(video);
        FramesToRtp second =
            new FramesToRtp("live/b", other, audio, video, new ManualTicker(), PooledByteBufAllocator.DEFAULT, other)) {
      play(first, Clips.PYRAMID);
      play(second, Clips.PYRAMID);

      assertThat(out.refusals).isEmpty();
      assertThat(other.refusals).singleElement().asString().contains("as many streams");
    }
    other.release();
  }

  private FramesToRtp bridge(VideoEngine engine) {
    return new FramesToRtp(
        "live/a", out, audio, engine, new ManualTicker(), PooledByteBufAllocator.DEFAULT, out);
  }

  private static void play(FramesToRtp bridge, String clip) {
    for (Frame frame : Clips.pictures(clip)) {
      bridge.onFrame(frame);
      frame.release();
    }
  }

  /** When pictures are to be presented, in ms. */
  private List<Long> times() {
    return out.packetsOf(VIDEO).stream()
        .filter(RtpPacket::marker)
        .map(packet -> (long) packet.timestamp() / 90)
        .toList();
  }
}
