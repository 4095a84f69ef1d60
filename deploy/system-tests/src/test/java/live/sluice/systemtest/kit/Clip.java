package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the tests publish. All but the first are made by ffmpeg, once, as small as decoding every frame of them asks. */
public enum Clip {
  /** Ten seconds of Big Buck Bunny: H.264 baseline, keyframes each 2-3 s, stereo AAC. */
  BBB(true, true, List.of()),
  /** H.264 with B-frames that others refer to, and AAC. */
  B_FRAMES(true, true, video("30", "libx264", "-bf", "3", "-b_strategy", "0", "-g", "45"), aac(2)),
  /** HEVC with B-frames, and AAC: enhanced RTMP. */
  HEVC(true, true, video("25", "libx265", "-g", "25", "-x265-params", "log-level=error:bframes=3:open-gop=0"), aac(2)),
  /** AAC alone. */
  AUDIO_ONLY(false, true, aac(2)),
  /** H.264 alone. */
  VIDEO_ONLY(true, false, video("25", "libx264", "-bf", "0", "-g", "50")),
  /** 60000/1001 frames a second, which no number of milliseconds divides, and AAC. */
  FPS_59_94(true, true, video("60000/1001", "libx264", "-bf", "2", "-g", "120"), aac(2)),
  /** H.264 and six channels of AAC. */
  AAC_5_1(true, true, video("25", "libx264", "-bf", "0", "-g", "25"), aac(6)),
  /** H.264 and MP3. */
  MP3(true, true, video("25", "libx264", "-bf", "0", "-g", "25"), mp3());

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SECONDS = "8";

  private final boolean hasVideo;
  private final boolean hasAudio;
  private final List<String> arguments = new ArrayList<>();

  @SafeVarargs
  Clip(boolean hasVideo, boolean hasAudio, List<String>... arguments) {
    this.hasVideo = hasVideo;
    this.hasAudio = hasAudio;
    // Inputs stand before the codecs of the output on ffmpeg's command line.
    for (List<String> part : arguments) {
      this.arguments.addAll(part.isEmpty() ? part : part.subList(0, 4));
    }
    for (List<String> part : arguments) {
      this.arguments.addAll(part.isEmpty() ? part : part.subList(4, part.size()));
    }
  }

  /** Whether it has a picture. */
  public boolean hasVideo() {
    return hasVideo;
  }

  /** Whether it has sound. */
  public boolean hasAudio() {
    return hasAudio;
  }

  /** The clip as an FLV file; made on first use. */
  public synchronized Path file() {
    Path folder = Lab.work().resolveSibling("clips");
    Path file = folder.resolve(name() + ".flv");
    if (Files.exists(file)) {
      return file;
    }
    try {
      Files.createDirectories(folder);
      Path partial = folder.resolve(name() + ".partial.flv");
      if (this == BBB) {
        try (InputStream in = Objects.requireNonNull(Clip.class.getResourceAsStream("/clips/bbb.flv"))) {
          Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
      } else {
        List<String> command = new ArrayList<>(arguments);
        command.addAll(List.of("-t", SECONDS, "-f", "flv", partial.toString()));
        Ffmpeg.run(folder.resolve(name() + ".log"), LIMIT, command);
      }
      return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> video(String rate, String codec, String... options) {
    List<String> list = new ArrayList<>();
    list.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=" + rate));
    list.addAll(List.of("-c:v", codec, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-sc_threshold", "0"));
    list.addAll(List.of("-b:v", "300k"));
    list.addAll(List.of(options));
    return list;
  }

  private static List<String> aac(int channels) {
    String sine = "sine=frequency=440:sample_rate=44100,pan=" + (channels == 6 ? "5.1|" : "stereo|") + pan(channels);
    return List.of("-f", "lavfi", "-i", sine, "-c:a", "aac", "-b:a", "96k");
  }

  private static String pan(int channels) {
    StringBuilder pan = new StringBuilder("c0=c0");
    for (int i = 1; i < channels; i++) {
      pan.append("|c").append(i).append('=').append(1.0 / (i + 1)).append("*c0");
    }
    return pan.toString();
  }

  private static List<String> mp3() {
    return List.of("-f", "lavfi", "-i", "sine=frequency=660:sample_rate=44100", "-c:a", "libmp3lame", "-b:a", "96k");
  }
}
