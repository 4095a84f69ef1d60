package live.sluice.systemtest.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A clip whose corner is lit once a second, with a beep: H.264 and AAC, made by ffmpeg once. Long enough to be published
 * without a loop, whose seam would move the sound.
 *
 * @param pictures which pictures refer to which
 * @param rate of the sound, in Hz
 * @param channels of the sound
 * @param gop seconds between keyframes
 */
public record SyncClip(Pictures pictures, int rate, int channels, int gop) {

  /** Seconds that a clip lasts. */
  public static final int SECONDS = 60;

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String LIT = "lt(mod(t,1),0.12)*gt(t,0.9)";

  /** Which pictures refer to which. */
  public enum Pictures {
    /** Each to earlier ones. */
    PLAIN,
    /** Two B-frames between, to which nothing refers. */
    B_FRAMES,
    /** Three B-frames between, of which one is referred to by the others. */
    PYRAMID;

    private List<String> options() {
      return switch (this) {
        case PLAIN -> List.of("-bf", "0");
        case B_FRAMES -> List.of("-bf", "2", "-b_strategy", "0", "-x264-params", "b-pyramid=none");
        case PYRAMID -> List.of("-bf", "3", "-b_strategy", "0", "-x264-params", "b-pyramid=normal");
      };
    }
  }

  /** What to give ffmpeg so that the same is made while it runs, for {@code seconds}. */
  public static List<String> live(int seconds) {
    return List.of("-re", "-f", "lavfi", "-i", picture(), "-re", "-f", "lavfi", "-i", sound(48_000, 2), "-t",
        Integer.toString(seconds));
  }

  /** The clip as an FLV file; made on first use. */
  public Path file() {
    Path folder = Lab.work().resolveSibling("clips");
    String name = "sync-" + pictures + '-' + rate + '-' + channels + '-' + gop;
    return MadeOnce.file(folder.resolve(name + ".flv"), partial -> {
      List<String> command = new ArrayList<>(List.of("-f", "lavfi", "-i", picture(), "-f", "lavfi", "-i",
          sound(rate, channels), "-c:v", "libx264", "-preset", "superfast", "-pix_fmt", "yuv420p", "-b:v", "500k", "-g",
          Integer.toString(30 * gop), "-sc_threshold", "0"));
      command.addAll(pictures.options());
      command.addAll(List.of("-c:a", "aac", "-b:a", "96k", "-t", Integer.toString(SECONDS), "-f", "flv",
          partial.toString()));
      Ffmpeg.run(folder.resolve(name + ".log"), LIMIT, command);
    });
  }

  private static String picture() {
    String box = "drawbox=x=0:y=0:w=240:h=135:t=fill:color=";
    return "testsrc2=size=480x270:rate=30," + box + "black," + box + "white:enable='" + LIT + "'";
  }

  private static String sound(int rate, int channels) {
    String tone = "(0.05+0.75*" + LIT + ")*sin(2*PI*1000*t)";
    return "aevalsrc='" + (channels == 2 ? tone + '|' + tone : tone) + "':s=" + rate + ":c="
        + (channels == 2 ? "stereo" : "mono");
  }

  @Override
  public String toString() {
    return pictures + ", AAC of " + rate + " Hz, " + channels + " ch, GOP " + gop + " s";
  }
}
