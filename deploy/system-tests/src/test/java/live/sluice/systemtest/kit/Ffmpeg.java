package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The ffmpeg and ffprobe programs of org.bytedeco, unpacked once. See the pom for why the GPL build is fine here. */
public final class Ffmpeg {

  private static final String FOLDER = "org/bytedeco/ffmpeg/linux-x86_64-gpl/";
  private static final Path HOME = unpack();
  private static final Map<String, String> ENVIRONMENT = Map.of("LD_LIBRARY_PATH", HOME.toString());

  private Ffmpeg() {}

  /** Runs ffmpeg to its end. */
  public static String run(Path log, Duration limit, List<String> arguments) {
    return Proc.run(log, limit, command("ffmpeg", arguments), ENVIRONMENT);
  }

  /** Runs ffprobe to its end and returns what it printed. */
  public static String probe(Path log, Duration limit, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("ffprobe").toString(), "-v", "error"));
    command.addAll(arguments);
    return Proc.run(log, limit, command, ENVIRONMENT);
  }

  /** Starts ffmpeg. */
  public static Proc start(String name, Path log, List<String> arguments) {
    return Proc.start(name, log, command("ffmpeg", arguments), ENVIRONMENT);
  }

  /** The command line that runs ffmpeg with {@code arguments}; it needs {@link #environment()}. */
  public static List<String> command(List<String> arguments) {
    return command("ffmpeg", arguments);
  }

  /** What ffmpeg needs in its environment. */
  public static Map<String, String> environment() {
    return ENVIRONMENT;
  }

  /** Publishes {@code clip} to {@code url} at its own pace, as users of ffmpeg do. */
  public static Proc publish(Path log, Path clip, String url, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-re", "-i", clip.toString(), "-c", "copy"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-f", "flv", url));
    return start("publisher of " + url, log, arguments);
  }

  /** Publishes {@code clip} over and over, until it is stopped. */
  public static Proc publishLoop(Path log, Path clip, String url) {
    List<String> arguments =
        List.of("-re", "-stream_loop", "-1", "-i", clip.toString(), "-c", "copy", "-f", "flv", url);
    return start("publisher of " + url, log, arguments);
  }

  /** Publishes by WHIP what {@code input} gives; the encoders are what a user of ffmpeg's manual would take. */
  public static Proc publishWhip(Path log, List<String> input, String url) {
    List<String> arguments = new ArrayList<>(input);
    arguments.addAll(List.of("-c:v", "libx264", "-profile:v", "baseline", "-preset", "ultrafast", "-bf", "0", "-g", "30",
        "-pix_fmt", "yuv420p", "-b:v", "600k", "-c:a", "libopus", "-ar", "48000", "-ac", "2", "-f", "whip", url));
    return start("publisher of " + url, log, arguments);
  }

  private static List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(HOME.resolve(program).toString(), "-hide_banner", "-nostdin", "-y", "-loglevel", "info"));
    command.addAll(arguments);
    return command;
  }

  private static Path unpack() {
    Path home = Lab.work().resolveSibling("ffmpeg");
    MadeOnce.file(home.resolve("unpacked"), done -> {
      unpackTo(home);
      Files.write(done, new byte[0]);
    });
    return home;
  }

  private static void unpackTo(Path home) throws IOException {
    URL program = Ffmpeg.class.getClassLoader().getResource(FOLDER + "ffmpeg");
    if (program == null) {
      throw new IllegalStateException("the jar with the ffmpeg program is not on the class path");
    }
    JarFile jar = ((JarURLConnection) program.openConnection()).getJarFile();
    for (JarEntry entry : jar.stream().filter(e -> e.getName().startsWith(FOLDER) && !e.isDirectory()).toList()) {
      Path file = home.resolve(entry.getName().substring(FOLDER.length()));
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("can't make it executable: " + file);
      }
    }
  }
}
