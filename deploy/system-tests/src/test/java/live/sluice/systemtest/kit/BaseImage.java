package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What containers of the tests are made of, where no image can be pulled: a minimal system of this machine's release with
 * NGINX, and the Java that runs the tests. Made once, and kept until the next clean build.
 */
final class BaseImage {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private BaseImage() {}

  /** The file system as a tar file; made on first use, which takes a minute and root. */
  static Path file() {
    String release = release();
    Path folder = Lab.work().resolveSibling("engine");
    return MadeOnce.file(folder.resolve("base-" + release + "-java-" + System.getProperty("java.version") + ".tar"),
        partial -> make(release, folder, partial));
  }

  private static void make(String release, Path folder, Path partial) throws IOException {
    Path log = folder.resolve("base.log");
    Path root = folder.resolve("root");
    try {
      remove(log, root);
      // In namespaces of its own, so that what it mounts and starts ends with it.
      run(log, "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "debootstrap",
          "--variant=minbase", "--include=nginx", release, root.toString());
      run(log, "tar", "-cf", partial.toString(), "-C", root.toString(), "--exclude=./var/cache/apt",
          "--exclude=./var/lib/apt/lists", "--exclude=./usr/share/doc", "--exclude=./usr/share/locale", ".");
      Path java = Path.of(System.getProperty("java.home")).toRealPath();
      // Links are followed: a distribution's Java has its configuration elsewhere.
      run(log, "tar", "-rhf", partial.toString(), "-C", java.toString(), "--ignore-failed-read", "--exclude=./src.zip",
          "--exclude=./jmods", "--exclude=./lib/src.zip", "--transform=s,^\\.,./usr/lib/jvm/java,", ".");
    } finally {
      remove(log, root);
    }
  }

  private static void remove(Path log, Path tree) {
    run(log, "rm", "-rf", "--one-file-system", tree.toString());
  }

  private static void run(Path log, String... command) {
    Proc.run(log, LIMIT, List.of(command), Map.of("DEBIAN_FRONTEND", "noninteractive"));
  }

  /** The code name of this machine's release, as debootstrap wants it. */
  private static String release() {
    try {
      Matcher matcher = Pattern.compile("^VERSION_CODENAME=\"?([a-z]+)", Pattern.MULTILINE)
          .matcher(Files.readString(Path.of("/etc/os-release")));
      if (!matcher.find()) {
        throw new AssertionError("this machine's release has no code name in /etc/os-release");
      }
      return matcher.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
