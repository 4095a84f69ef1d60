package live.sluice.bench.compare.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;
import live.sluice.bench.proc.Programs;

/** NGINX with the RTMP module, one worker, as Debian packages both. */
public final class NginxRtmpServer implements Server {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final List<String> MODULES =
      List.of("/usr/lib/nginx/modules/ngx_rtmp_module.so", "/usr/lib64/nginx/modules/ngx_rtmp_module.so");

  private final int port;
  private final Child child;

  private NginxRtmpServer(int port, Child child) {
    this.port = port;
    this.child = child;
  }

  /** The module's file, where it is installed. */
  static Optional<Path> module() {
    return Stream.of(MODULES.toArray(String[]::new)).map(Path::of).filter(Files::isReadable).findFirst();
  }

  /** Why it can't be run here, and how it could; empty where it can. */
  public static Optional<String> missing() {
    if (Programs.find("nginx").isPresent() && module().isPresent()) {
      return Optional.empty();
    }
    return Optional.of("nginx-rtmp is not installed; as root: apt-get install -y nginx libnginx-mod-rtmp");
  }

  /** Starts it. */
  public static NginxRtmpServer start(Path scratch) {
    Path program = Programs.find("nginx").orElseThrow(() -> new BenchException(missing().orElse("")));
    Path module = module().orElseThrow(() -> new BenchException(missing().orElse("")));
    int port = FreePorts.next();
    Path prefix = scratch.resolve("nginx-rtmp-" + port);
    try {
      Files.createDirectories(prefix);
      Files.writeString(prefix.resolve("nginx.conf"), configuration(module, port));
    } catch (IOException e) {
      throw new BenchException("cannot write nginx-rtmp's configuration: " + e.getMessage(), e);
    }
    List<String> command =
        List.of(
            program.toString(), "-p", prefix.toString(), "-c", prefix.resolve("nginx.conf").toString(), "-e", "stderr");
    Child child = Child.start("nginx-rtmp", command, prefix.resolve("nginx.log"), Map.of());
    try {
      Waiting.until(child, "listens", START_LIMIT, () -> Waiting.listens(port));
    } catch (BenchException e) {
      child.close();
      throw e;
    }
    return new NginxRtmpServer(port, child);
  }

  private static String configuration(Path module, int port) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    return user
        + """
        load_module %s;
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid nginx.pid;
        error_log stderr warn;
        events { worker_connections 16384; }
        rtmp {
          access_log off;
          server {
            listen 127.0.0.1:%d;
            chunk_size 4096;
            application live { live on; }
          }
        }
        """
            .formatted(module, port);
  }

  @Override
  public String name() {
    return "nginx-rtmp";
  }

  @Override
  public String about() {
    return "NGINX with the RTMP module as packaged, one worker, chunk size 4096";
  }

  @Override
  public long[] pids() {
    return new long[] {child.pid()};
  }

  @Override
  public boolean wantsPublisher() {
    return true;
  }

  @Override
  public String publishUrl(Protocol load, String stream) {
    return "rtmp://127.0.0.1:" + port + "/live/" + stream;
  }

  @Override
  public String playUrl(Protocol protocol, String stream, String latency) {
    if (protocol != Protocol.RTMP) {
      throw new BenchException("nginx-rtmp speaks RTMP alone, not " + protocol.label());
    }
    return publishUrl(protocol, stream);
  }

  @Override
  public String lastWords() {
    return child.lastWords();
  }

  @Override
  public void close() {
    child.close();
  }
}
