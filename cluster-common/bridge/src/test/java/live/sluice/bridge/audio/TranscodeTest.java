package live.sluice.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.Random;
import live.sluice.bridge.audio.TestEncoder.Clip;
import live.sluice.bridge.audio.TestEncoder.Coded;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out is decoded again, and its place in time measured against what went in. */
class TranscodeTest {
  private static final int MS = 48;
  private static final int SECOND = 48_000;

  private final Heard heard = new Heard();

  @BeforeAll
  static void load() {
    Natives.load();
  }

  @ParameterizedTest
  @CsvSource({
    "AAC, 8000, 1",
    "AAC, 16000, 1",
    "AAC, 22050, 2",
    "AAC, 44100, 1",
    "AAC, 44100, 2",
    "AAC, 48000, 1",
    "AAC, 48000, 2",
    "AAC, 48000, 6",
    "AAC, 96000, 2",
    "MP3, 44100, 2",
    "MP3, 48000, 1",
    "G711A, 8000, 1",
    "G711U, 8000, 1",
  })
  void whatIsPublishedByRtmpKeepsItsPlaceInTimeAsOpus(Codec codec, int rate, int channels) {
    Clip clip = TestEncoder.encode(codec, rate, channels, 3, false);

    transcodeRounded(clip, AudioTarget.OPUS);

    isInStep(AudioTarget.OPUS, SECOND / 10, 2 * SECOND, MS);
  }

  @ParameterizedTest
  @CsvSource({"OPUS, 48000, 2", "OPUS, 48000, 1", "G711A, 8000, 1", "G711U, 8000, 1"})
  void whatIsPublishedByWebrtcKeepsItsPlaceInTimeAsAac(Codec codec, int rate, int channels) {
    Clip clip = TestEncoder.encode(codec, rate, channels, 3, true);

    transcodeExact(clip, AudioTarget.AAC, 0);

    isInStep(AudioTarget.AAC, SECOND / 10, 2 * SECOND, MS / 2);
  }

  @Test
  void nothingOfTheFirstSecondIsLost() {
    Clip clip = TestEncoder.encode(Codec.AAC, 44_100, 2, 1, false);

    transcodeRounded(clip, AudioTarget.OPUS);

    assertThat(heard.start()).isLessThanOrEqualTo(0);
    assertThat(heard.end(AudioTarget.OPUS)).isGreaterThan(SECOND - 40 * MS);
    assertThat(Chirp.likeness(heard.between(AudioTarget.OPUS, 0, 50 * MS), 0)).isGreaterThan(0.8);
  }

  @Test
  void packetsFollowEachOtherWithoutSeams() {
    Clip clip = TestEncoder.encode(Codec.AAC, 44_100, 2, 3, false);

    transcodeRounded(clip, AudioTarget.OPUS);

    for (int i = 1; i < heard.packets.size(); i++) {
      assertThat(heard.packets.get(i).pts() - heard.packets.get(i - 1).pts()).isEqualTo(960);
    }
  }

  @Test
  void monoStaysMono() {
    transcodeRounded(TestEncoder.encode(Codec.AAC, 44_100, 1, 1, false), AudioTarget.OPUS);

    // The third bit from below says stereo: RFC 6716, section 3.1.
    assertThat(heard.packets).allMatch(packet -> (packet.bytes()[0] & 4) == 0);
  }

  @Test
  void aLostPacketLeavesItsPlaceSilentAndMovesNothing() {
    Clip clip = TestEncoder.encode(Codec.OPUS, 48_000, 2, 3, true);
    try (Transcode transcode = new Transcode(clip.input(), AudioTarget.AAC)) {
      for (Coded frame : clip.frames()) {
        if (frame.pts() < SECOND || frame.pts() >= SECOND + 5 * 960) {
          transcode.put(frame.payload(), clip.exact(frame), false, heard);
        }
      }
    }

    isInStep(AudioTarget.AAC, SECOND / 10, SECOND - 20 * MS, MS / 2);
    isInStep(AudioTarget.AAC, SECOND + 150 * MS, 2 * SECOND, MS / 2);
    assertThat(loudness(heard.between(AudioTarget.AAC, SECOND + 30 * MS, SECOND + 70 * MS))).isLessThan(0.02);
  }

  @Test
  void aGapInWhatIsPublishedByRtmpMovesNothingBehindIt() {
    Clip clip = TestEncoder.encode(Codec.AAC, 44_100, 2, 4, false);
    try (Transcode transcode = new Transcode(clip.input(), AudioTarget.OPUS)) {
      for (Coded frame : clip.frames()) {
        if (frame.pts() < 44_100 || frame.pts() >= 44_100 + 13_230) {
          transcode.put(frame.payload(), clip.rounded(frame), false, heard);
        }
      }
    }

    isInStep(AudioTarget.OPUS, SECOND + 400 * MS, 3 * SECOND, 2 * MS);
  }

  @Test
  void timeThatJumpsIsFollowed() {
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 4, false);
    long later = 3_600L * SECOND;
    try (Transcode transcode = new Transcode(clip.input(), AudioTarget.OPUS)) {
      for (Coded frame : clip.frames()) {
        long moved = frame.pts() < 2 * SECOND ? 0 : later;
        transcode.put(frame.payload(), clip.rounded(frame) + moved, false, heard);
      }
    }

    isInStep(AudioTarget.OPUS, SECOND / 10, 19 * SECOND / 10, MS);
    // An hour is a whole number of the chirp's periods.
    isInStep(AudioTarget.OPUS, later + 21 * SECOND / 10, later + 39 * SECOND / 10, MS);
  }

  @Test
  void aSoundCardThatIsSlowStaysInStep() {
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 30, false);
    double slow = 1.002;
    try (Transcode transcode = new Transcode(clip.input(), AudioTarget.OPUS)) {
      for (Coded frame : clip.frames()) {
        long pts = Math.round(frame.pts() / 48.0 * slow) * MS;
        transcode.put(frame.payload(), pts, false, heard);
      }
    }

    // What the chirp says at its 28th second is to be heard 56 ms later by the publisher's clock.
    long at = Math.round(28 * SECOND * slow);
    float[] sound = heard.between(AudioTarget.OPUS, at, at + SECOND);
    assertThat(Chirp.lateness(sound, 28 * SECOND, 100 * MS)).isBetween(-15 * MS, 15 * MS);
  }

  @Test
  void whatIsBrokenIsLeftOut() {
    Clip clip = TestEncoder.encode(Codec.AAC, 44_100, 2, 3, false);
    Random random = new Random(4);
    int broken = 0;
    try (Transcode transcode = new Transcode(clip.input(), AudioTarget.OPUS)) {
      for (int i = 0; i < clip.frames().size(); i++) {
        Coded frame = clip.frames().get(i);
        byte[] bytes = frame.bytes().clone();
        if (i % 10 == 5) {
          random.nextBytes(bytes);
        }
        if (!transcode.put(Unpooled.wrappedBuffer(bytes), clip.rounded(frame), false, heard)) {
          broken++;
        }
      }
      assertThat(transcode.put(Unpooled.EMPTY_BUFFER, 3 * SECOND, false, heard)).isFalse();
    }

    assertThat(broken).isGreaterThan(5);
    assertThat(heard.end(AudioTarget.OPUS)).isGreaterThan(29 * SECOND / 10);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefused() {
    AudioInput input = new AudioInput(Codec.AAC, new byte[] {-1, -1, -1, -1, -1}, 0, 0, false);

    assertThatThrownBy(() -> new Transcode(input, AudioTarget.OPUS).close())
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("AAC");
  }

  @Test
  void theConfigurationOfAacIsTheEncoders() {
    try (Encoder encoder = new Encoder(AudioTarget.AAC, 2)) {
      assertThat(encoder.config()).startsWith(AudioTarget.aacConfig());
    }
  }

  private void transcodeRounded(Clip clip, AudioTarget target) {
    try (Transcode transcode = new Transcode(clip.input(), target)) {
      for (Coded frame : clip.frames()) {
        assertThat(transcode.put(frame.payload(), clip.rounded(frame), false, heard)).isTrue();
      }
    }
  }

  private void transcodeExact(Clip clip, AudioTarget target, long offset) {
    try (Transcode transcode = new Transcode(clip.input(), target)) {
      for (Coded frame : clip.frames()) {
        assertThat(transcode.put(frame.payload(), clip.exact(frame) + offset, false, heard)).isTrue();
      }
    }
  }

  private void isInStep(AudioTarget target, long from, long to, int tolerance) {
    float[] sound = heard.between(target, from, to);
    int late = Chirp.lateness(sound, from, 60 * MS);
    assertThat(late).as("samples that it is late by").isBetween(-tolerance, tolerance);
    assertThat(Chirp.likeness(sound, from - late)).as("likeness").isGreaterThan(0.95);
  }

  private static double loudness(float[] sound) {
    double sum = 0;
    for (float sample : sound) {
      sum += sample * sample;
    }
    return Math.sqrt(sum / sound.length);
  }
}
