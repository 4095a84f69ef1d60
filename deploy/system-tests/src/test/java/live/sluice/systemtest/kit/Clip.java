package live.sluice.systemtest.kit;

import java.io.InputStream;
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
  BBB(true, true),
  /** H.264 with B-frames that others refer to, and AAC. */
  B_FRAMES(true, true),
  /** HEVC with B-frames, and AAC: enhanced RTMP. */
  HEVC(true, true),
  /** AAC alone. */
  AUDIO_ONLY(false, true),
  /** H.264 alone. */
  VIDEO_ONLY(true, false),
  /** 60000/1001 frames a second, which no number of milliseconds divides, and AAC. */
  FPS_59_94(true, true),
  /** H.264 and six channels of AAC. */
  AAC_5_1(true, true),
  /** H.264 and MP3. */
  MP3(true, true);

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SECONDS = "8";

  private final boolean hasVideo;
  private final boolean hasAudio;

  Clip(boolean hasVideo, boolean hasAudio) {
    this.hasVideo = hasVideo;
    this.hasAudio = hasAudio;
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
  public Path file() {
    Path folder = Lab.work().resolveSibling("clips");
    return MadeOnce.file(folder.resolve(name() + ".flv"), partial -> {
      if (this == BBB) {
        try (InputStream in = Objects.requireNonNull(Clip.class.getResourceAsStream("/clips/bbb.flv"))) {
          Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
      } else {
        List<String> command = new ArrayList<>(arguments());
        command.addAll(List.of("-t", SECONDS, "-f", "flv", partial.toString()));
        Ffmpeg.run(folder.resolve(name() + ".log"), LIMIT, command);
      }
    });
  }

  private List<String> arguments() {
    return switch (this) {
      case BBB -> List.of();
      case B_FRAMES -> join(List.of(picture("30"), tone(2), h264("-bf", "3", "-b_strategy", "0", "-g", "45"), aac()));
      case HEVC -> join(List.of(picture("25"), tone(2), hevc(), aac()));
      case AUDIO_ONLY -> join(List.of(tone(2), aac()));
      case VIDEO_ONLY -> join(List.of(picture("25"), h264("-bf", "0", "-g", "50")));
      case FPS_59_94 -> join(List.of(picture("60000/1001"), tone(2), h264("-bf", "2", "-g", "120"), aac()));
      case AAC_5_1 -> join(List.of(picture("25"), tone(6), h264("-bf", "0", "-g", "25"), aac()));
      case MP3 -> join(List.of(picture("25"), tone(1), h264("-bf", "0", "-g", "25"), List.of("-c:a", "libmp3lame")));
    };
  }

  private static List<String> join(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private static List<String> picture(String rate) {
    return List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=" + rate);
  }

  private static List<String> tone(int channels) {
    String layout = channels == 6 ? "5.1" : channels == 2 ? "stereo" : "mono";
    StringBuilder pan = new StringBuilder(layout + "|c0=c0");
    for (int i = 1; i < channels; i++) {
      pan.append("|c").append(i).append('=').append(1.0 / (i + 1)).append("*c0");
    }
    return List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100,pan=" + pan);
  }

  private static List<String> h264(String... options) {
    List<String> common = List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "300k");
    return join(List.of(common, List.of("-sc_threshold", "0"), List.of(options)));
  }

  private static List<String> hevc() {
    String parameters = "log-level=error:bframes=3:open-gop=0:scenecut=0";
    return List.of("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "300k", "-g", "25",
        "-x265-params", parameters);
  }

  private static List<String> aac() {
    return List.of("-c:a", "aac", "-b:a", "96k");
  }
}
