package live.sluice.bench.compare.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.Programs;

/** NGINX as an HLS server: with the configuration that is shipped, before a node; or with the same for files. */
public final class NginxHls implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Child child;
  private final int port;

  private NginxHls(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /**
   * Starts a cache before a node.
   *
   * @param shipped the directory with the configuration that is shipped
   * @param node host:port of its HTTP media
   * @param home where it keeps everything; the cache is fast where that is memory
   */
  public static NginxHls cache(Path shipped, String node, Path home) {
    int port = FreePorts.next();
    try {
      Path conf = conf(shipped, home, port);
      Files.writeString(conf.resolve("site/nodes.conf"), "server " + node + " max_fails=2 fail_timeout=5s;\n");
    } catch (IOException e) {
      throw new BenchException("cannot write NGINX's configuration: " + e.getMessage(), e);
    }
    return start("nginx-cache", "nginx.conf", home, port);
  }

  /**
   * Starts a server of files, all else as in {@link #cache}: the same headers, logs and settings.
   *
   * @param files the root of what is served
   */
  public static NginxHls files(Path shipped, Path files, Path home) {
    int port = FreePorts.next();
    String text =
        """
        worker_processes auto;
        error_log stderr notice;
        include site/main.conf;
        events { worker_connections 4096; }
        http {
          include site/cache.conf;
          include sluice/http.conf;
          include site/log.conf;
          server {
            include site/listen.conf;
            include sluice/server.conf;
            root %s;
          }
        }
        """
            .formatted(files);
    try {
      Files.writeString(conf(shipped, home, port).resolve("files.conf"), text);
    } catch (IOException e) {
      throw new BenchException("cannot write NGINX's configuration: " + e.getMessage(), e);
    }
    return start("nginx-files", "files.conf", home, port);
  }

  private static Path conf(Path shipped, Path home, int port) throws IOException {
    Path conf = home.resolve("conf");
    Path from = shipped.toRealPath();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = conf.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.writeString(conf.resolve("site/listen.conf"), "listen 127.0.0.1:" + port + ";\n");
    return conf;
  }

  private static NginxHls start(String name, String conf, Path home, int port) {
    Path program =
        Programs.find("nginx")
            .orElseThrow(() -> new BenchException("NGINX is not installed; as root: apt-get install -y nginx"));
    // Started as root its workers would be another user, who may not be able to reach these directories.
    String user = "root".equals(System.getProperty("user.name")) ? " user root;" : "";
    List<String> command =
        List.of(
            program.toString(),
            "-p",
            home.toString(),
            "-c",
            home.resolve("conf").resolve(conf).toString(),
            "-e",
            "stderr",
            "-g",
            "daemon off;" + user);
    Child child = Child.start(name, command, home.resolve(name + ".log"), Map.of());
    try {
      Waiting.until(child, "listens", START_LIMIT, () -> Waiting.listens(port));
    } catch (BenchException e) {
      child.close();
      throw e;
    }
    return new NginxHls(child, port);
  }

  /** Its address, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its process; the workers are its children. */
  public long pid() {
    return child.pid();
  }

  @Override
  public void close() {
    child.close();
  }
}
