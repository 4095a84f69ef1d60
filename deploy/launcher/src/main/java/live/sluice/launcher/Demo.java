package live.sluice.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** A moving test picture with sound, published to the first origin by the ffmpeg program that comes as a library. */
final class Demo {
  /** The stream's name: {@code live/demo}. */
  static final String STREAM = "live/demo";

  /** What the program wants of the operating system, and the Debian package that has it. */
  private static final Map<String, String> PACKAGE_OF =
      new LinkedHashMap<>(
          Map.of(
              "libxcb.so", "libxcb1",
              "libxcb-shm.so", "libxcb-shm0",
              "libxcb-shape.so", "libxcb-shape0",
              "libxcb-xfixes.so", "libxcb-xfixes0",
              "libasound.so", "libasound2",
              "libpulse.so", "libpulse0",
              "libsndio.so", "libsndio7.0"));

  private static final Pattern MISSING = Pattern.compile("^\\s*(\\S+?\\.so)\\S* => not found", Pattern.MULTILINE);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Demo() {}

  /**
   * Unpacks the program, and sees that it can run here.
   *
   * @return the program
   * @throws LaunchException when a library is missing and can't be installed; the message has the command
   */
  static Path prepare(ClusterHome home, PrintStream out) {
    System.setProperty("org.bytedeco.javacpp.cachedir", home.programs().toString());
    Path program = Path.of(Loader.load(ffmpeg.class));
    Set<String> missing = missing(program);
    if (!missing.isEmpty()) {
      List<String> packages = new ArrayList<>(missing);
      if (!SystemPackages.install(packages, out) || !missing(program).isEmpty()) {
        throw new LaunchException(
            "--demo needs libraries that are not here. As root: " + SystemPackages.command(packages));
      }
    }
    return program;
  }

  private static Set<String> missing(Path program) {
    String libraries = Processes.run(List.of("ldd", program.toString()), environment(program), LIMIT).output();
    Set<String> packages = new TreeSet<>();
    Matcher matcher = MISSING.matcher(libraries);
    while (matcher.find()) {
      String library = matcher.group(1);
      packages.add(PACKAGE_OF.getOrDefault(library, library));
    }
    return packages;
  }

  private static Map<String, String> environment(Path program) {
    return Map.of("LD_LIBRARY_PATH", String.valueOf(program.getParent()));
  }

  /** Publishes until it is stopped; begins again when the origin goes away and comes back. */
  static ProcessIdentity start(Path program, NodePlan origin, String host, ClusterHome home) {
    String url = "rtmp://" + host + ":" + origin.ports().rtmp() + "/" + STREAM;
    String script =
        "while :; do \"$0\" -hide_banner -nostdin -loglevel warning -re"
            + " -f lavfi -i testsrc2=size=854x480:rate=30"
            + " -f lavfi -i sine=frequency=440:beep_factor=4:sample_rate=48000"
            + " -c:v libopenh264 -pix_fmt yuv420p -b:v 1M -g 60 -c:a aac -b:a 96k -ac 2"
            + " -f flv \"$1\"; sleep 1; done";
    List<String> command = List.of("sh", "-c", script, program.toString(), url);
    return Processes.start(command, home.directory(), home.log("demo"), environment(program));
  }
}
