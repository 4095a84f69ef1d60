package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** NGINX with the configuration of the repository's nginx folder, of which only the files under site/ are replaced. */
public final class Nginx implements AutoCloseable {

  private static final String PROGRAM = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";

  private final int port = Ports.free();
  private final Path home;
  private final Proc process;

  /** Starts it in front of {@code nodes}, as {@code main} (nginx.conf or nginx-flv.conf) says. */
  public Nginx(Lab lab, String main, List<NodeProcess> nodes) {
    home = lab.dir().resolve("nginx-" + port);
    Path configuration = home.resolve("conf");
    try {
      copy(Lab.repository().resolve("nginx"), configuration);
      Files.writeString(configuration.resolve("site/listen.conf"), "listen 127.0.0.1:" + port + ";\n");
      Files.writeString(configuration.resolve("site/nodes.conf"), nodes.stream()
          .map(node -> "server " + node.http("").getAuthority() + " max_fails=2 fail_timeout=5s;\n")
          .collect(Collectors.joining()));
      // Each request is in the log when its answer is: the tests count them.
      Files.writeString(configuration.resolve("site/log.conf"), "access_log sluice-access.json sluice_json;\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = List.of(PROGRAM, "-p", home.toString(), "-c", configuration.resolve(main).toString(),
        "-g", "daemon off;" + ("root".equals(System.getProperty("user.name")) ? " user root;" : ""));
    Proc.run(lab.file("nginx-t.log"), Duration.ofSeconds(10), concat(command, "-t"), Map.of());
    process = lab.keep(Proc.start("nginx", home.resolve("nginx.log"), command, Map.of()));
    lab.watch(home.resolve("nginx.log"));
    Poll.until("NGINX answers", Duration.ofSeconds(10),
        () -> HttpConnection.once(url("/"), Duration.ofSeconds(2)).status() > 0);
  }

  /** An address at this NGINX. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The JSON lines of its access log. */
  public List<String> accesses() throws IOException {
    return Files.readAllLines(home.resolve("sluice-access.json"));
  }

  private static List<String> concat(List<String> command, String last) {
    return Stream.concat(command.stream(), Stream.of(last)).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
