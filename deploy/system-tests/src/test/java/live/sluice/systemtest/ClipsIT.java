package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FrameHashes;
import live.sluice.systemtest.kit.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The measure before the measurement: the clips are what they are said to be, and a faithful copy is recognized. */
@Tag("sharing")
class ClipsIT {

  @RegisterExtension static final Lab LAB = new Lab();

  @ParameterizedTest
  @EnumSource(Clip.class)
  void a_copy_in_a_transport_stream_is_a_gap_free_run_with_the_same_times(Clip clip) {
    Path copy = LAB.file(clip + ".ts");
    Ffmpeg.run(LAB.file("copy.log"), Duration.ofSeconds(30),
        List.of("-i", clip.file().toString(), "-c", "copy", "-f", "mpegts", copy.toString()));

    FrameHashes sent = FrameHashes.of(clip.file(), clip);
    FrameHashes received = FrameHashes.of(copy, clip);

    assertThat(received.video()).hasSameSizeAs(sent.video());
    assertThat(received.audio()).hasSameSizeAs(sent.audio());
    if (clip.hasVideo()) {
      assertThat(FrameHashes.run("video", sent.video(), received.video())).isZero();
      assertThat(FrameHashes.jitter(sent.video(), received.video(), 0)).isLessThan(0.002);
    }
    if (clip.hasAudio()) {
      assertThat(FrameHashes.run("audio", sent.audio(), received.audio())).isZero();
      assertThat(FrameHashes.jitter(sent.audio(), received.audio(), 0)).isLessThan(0.002);
    }
  }
}
