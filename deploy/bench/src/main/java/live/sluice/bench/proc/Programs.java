package live.sluice.bench.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of this machine. */
public final class Programs {
  private Programs() {}

  /** The first of the names that is on PATH, or where Debian puts root's programs. */
  public static Optional<Path> find(String... names) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(":", -1)).filter(d -> !d.isEmpty()).map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
