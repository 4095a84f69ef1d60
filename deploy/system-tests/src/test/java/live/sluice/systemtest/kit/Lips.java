package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When in a recording the corner of the picture is lit and when it beeps: whether lips would match.
 *
 * @param offsetsMs for each flash how much later the beep is that was made with it
 * @param firstPicture when the first picture is shown, in seconds of the recording
 * @param firstSound when something is heard for the first time
 */
public record Lips(List<Double> offsetsMs, double firstPicture, double firstSound) {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final double BRIGHT = 128;
  private static final double BEEP_DB = -10.5;
  private static final double SOUND_DB = -45;
  private static final double QUIET_SECONDS = 0.3;
  private static final Pattern FRAME = Pattern.compile("pts_time:([-0-9.]+)");

  /** Keeps the list as it is now. */
  public Lips {
    offsetsMs = List.copyOf(offsetsMs);
  }

  /** Decodes and measures {@code recording}. */
  public static Lips of(Path recording) {
    Path audio = recording.resolveSibling(recording.getFileName() + ".loud");
    // A browser begins with a smaller picture where the machine is busy. With another size ffmpeg makes its filters anew,
    // and a file of theirs too: what they say of pictures is printed.
    String pictures = Ffmpeg.run(recording.resolveSibling(recording.getFileName() + ".lips.log"), LIMIT, List.of(
        "-loglevel", "error", "-i", recording.toString(),
        "-map", "0:v:0", "-vf", "crop=iw/3:ih/3:0:0,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-",
        "-f", "null", "-",
        "-map", "0:a:0", "-af", "aresample=48000,asetnsamples=240,astats=metadata=1:reset=1,"
            + "ametadata=print:key=lavfi.astats.Overall.Peak_level:file=" + audio, "-f", "null", "-"));
    List<double[]> bright = read(pictures.lines().toList());
    List<double[]> sounds = read(lines(audio));
    List<Double> flashes = onsets(bright, BRIGHT, 0);
    List<Double> beeps = onsets(sounds, BEEP_DB, QUIET_SECONDS);
    double firstSound = sounds.stream().filter(each -> each[1] > SOUND_DB).mapToDouble(each -> each[0]).findFirst()
        .orElse(Double.POSITIVE_INFINITY);
    return new Lips(offsets(flashes, beeps), bright.getFirst()[0], firstSound);
  }

  /** The median of some offsets; NaN of none. */
  public static double median(List<Double> offsets) {
    List<Double> sorted = offsets.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private static List<Double> offsets(List<Double> flashes, List<Double> beeps) {
    List<Double> offsets = new ArrayList<>();
    for (double flash : flashes) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double beep : beeps) {
        nearest = Math.abs(beep - flash) < Math.abs(nearest) ? beep - flash : nearest;
      }
      if (Math.abs(nearest) < 0.5) {
        offsets.add(nearest * 1000);
      }
    }
    return offsets;
  }

  /** When the level rises above {@code limit} after it was below for {@code quiet} seconds. */
  private static List<Double> onsets(List<double[]> levels, double limit, double quiet) {
    List<Double> onsets = new ArrayList<>();
    double highUntil = levels.isEmpty() ? 0 : levels.getFirst()[0];
    boolean high = true;
    for (double[] level : levels) {
      boolean now = level[1] > limit;
      if (now && !high && level[0] - highUntil >= quiet) {
        onsets.add(level[0]);
      }
      highUntil = now ? level[0] : highUntil;
      high = now;
    }
    return onsets;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pairs of time and level, as ffmpeg's metadata filters print them on two lines. */
  private static List<double[]> read(List<String> lines) {
    List<double[]> levels = new ArrayList<>();
    double time = Double.NaN;
    for (String line : lines) {
      Matcher frame = FRAME.matcher(line);
      if (frame.find()) {
        time = Double.parseDouble(frame.group(1));
      } else if (line.startsWith("lavfi.")) {
        String value = line.substring(line.indexOf('=') + 1);
        levels.add(new double[] {time, value.contains("inf") ? -200 : Double.parseDouble(value)});
      }
    }
    return levels;
  }

  @Override
  public String toString() {
    return "lips %.0f ms (%d flashes), first picture at %.2f s, first sound at %.2f s".formatted(median(offsetsMs),
        offsetsMs.size(), firstPicture, firstSound);
  }
}
