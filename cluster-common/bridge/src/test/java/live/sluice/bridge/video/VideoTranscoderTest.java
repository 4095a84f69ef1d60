package live.sluice.bridge.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import live.sluice.bridge.Clips;
import live.sluice.bridge.audio.Natives;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.testing.Await;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoTranscoderTest implements VideoOutput {
  private final VideoEngine engine = new VideoEngine(Natives.CACHE, 1);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Frame> pictures = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final VideoTranscoder transcoder = engine.open(tasks::add, this);

  @BeforeAll
  static void load() {
    Natives.load();
  }

  @AfterEach
  void close() {
    transcoder.close();
    engine.close();
    Await.until("the engine's threads ended", engine::isOver);
    run();
    pictures.forEach(Frame::release);
  }

  @ParameterizedTest
  @ValueSource(strings = {Clips.PYRAMID, Clips.PYRAMID_HEVC})
  void picturesComeOutInOrderAndLookAsBefore(String name) {
    List<Frame> clip = Clips.pictures(name);
    Map<Long, byte[]> before = decode(clip);
    put(clip);
    Await.until("all but those that wait for their turn came", () -> run() && pictures.size() >= 46);

    long first = pictures.getFirst().pts();
    for (int i = 0; i < pictures.size(); i++) {
      assertThat(pictures.get(i).pts()).isEqualTo(first + i * 40L);
      assertThat(pictures.get(i).keyframe()).as("keyframe " + i).isEqualTo(i % 25 == 0);
    }
    Map<Long, byte[]> after = decode(pictures);
    assertThat(after).hasSize(pictures.size());
    after.forEach((pts, luma) -> assertThat(likeness(luma, before.get(pts))).as("dB at " + pts).isGreaterThan(27));
  }

  @Test
  void aKeyframeComesWhenItIsAskedFor() {
    List<Frame> clip = Clips.pictures(Clips.PYRAMID);
    put(clip.subList(0, 13));
    Await.until("some came", () -> run() && pictures.size() >= 6);

    transcoder.requestKeyframe();
    put(clip.subList(13, clip.size()));
    Await.until("the others came", () -> run() && pictures.size() >= 46);

    assertThat(pictures.stream().filter(Frame::keyframe).count()).isEqualTo(3);
  }

  @Test
  void nothingComesBeforeAKeyframe() {
    List<Frame> clip = Clips.pictures(Clips.PYRAMID);
    clip.removeFirst().release();
    clip.removeFirst().release();
    put(clip);
    Await.until("the second GOP came", () -> run() && pictures.size() >= 21);

    assertThat(pictures.getFirst().pts()).isEqualTo(1_080);
  }

  @Test
  void aMachineThatIsTooSlowLeavesPicturesOut() {
    put(Clips.pictures(Clips.PYRAMID), 100);
    Await.until("the last ones came", () -> run() && !pictures.isEmpty() && pictures.getLast().pts() > 1_900);

    assertThat(pictures).hasSizeBetween(20, 40);
  }

  @Test
  void asManyStreamsAsThereAreThreads() {
    assertThat(engine.open(tasks::add, this)).isNull();

    transcoder.close();
    transcoder.close();

    VideoTranscoder next = engine.open(tasks::add, this);
    assertThat(next).isNotNull();
    assertThat(engine.open(tasks::add, this)).isNull();
    next.close();
  }

  @Test
  void nothingComesAfterItsClose() {
    for (Frame frame : Clips.pictures(Clips.PYRAMID)) {
      transcoder.put(frame);
      frame.release();
    }
    Await.until("something is ready", () -> !tasks.isEmpty());

    transcoder.close();
    run();

    assertThat(pictures).isEmpty();
  }

  private void put(List<Frame> frames) {
    put(frames, 8);
  }

  /** Puts frames in, with so many waiting at most. */
  private void put(List<Frame> frames, int most) {
    for (Frame frame : frames) {
      if (!frame.config()) {
        transcoder.put(frame);
        Await.until("few wait", () -> run() && transcoder.waiting() < most);
      }
      frame.release();
    }
  }

  private boolean run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    return true;
  }

  @Override
  public void onPicture(Frame frame) {
    pictures.add(frame);
  }

  @Override
  public void onVideoFailed(ErrorCode code, String why) {
    failures.add(why);
  }

  /** The brightness of each picture, by its time. */
  private static Map<Long, byte[]> decode(List<Frame> frames) {
    Map<Long, byte[]> found = new TreeMap<>();
    try (PictureDecoder decoder = new PictureDecoder(withConfig(frames.getLast().track(), frames))) {
      for (Frame frame : frames) {
        if (!frame.config()) {
          decoder.send(frame);
          for (AVFrame picture = decoder.receive(); picture != null; picture = decoder.receive()) {
            found.put(picture.pts(), luma(picture));
          }
        }
      }
    }
    return found;
  }

  /**
   * Frames that are made here hold their parameter sets; the decoder is told by an empty record that lengths follow.
   */
  private static Track withConfig(Track track, List<Frame> frames) {
    if (track.config().length > 0) {
      return track;
    }
    assertThat(frames.getFirst().keyframe()).isTrue();
    byte[] record = {1, 66, (byte) 0xc0, 30, (byte) 0xff, (byte) 0xe0, 0};
    return new Track(0, Codec.H264, record, null, null);
  }

  private static byte[] luma(AVFrame picture) {
    byte[] luma = new byte[picture.width() * picture.height()];
    for (int y = 0; y < picture.height(); y++) {
      picture
          .data(0)
          .position((long) y * picture.linesize(0))
          .get(luma, y * picture.width(), picture.width());
    }
    return luma;
  }

  /** Peak signal-to-noise ratio in dB. */
  private static double likeness(byte[] one, byte[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (one[i] & 0xff) - (other[i] & 0xff);
      sum += difference * difference;
    }
    return 10 * Math.log10(255 * 255 / Math.max(1e-9, sum / one.length));
  }
}
