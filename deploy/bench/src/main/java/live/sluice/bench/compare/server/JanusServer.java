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

/**
 * Janus as Debian packages it: its streaming plugin, with one mountpoint that is fed by plain RTP. It takes no address of
 * the loopback interface for media, so it runs in a private network, where {@link #ADDRESS} is one of another.
 */
public final class JanusServer implements Server {
  /** What it sends media from: of a range for documentation (RFC 5737), which no network has. */
  public static final String ADDRESS = "198.51.100.1";

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final List<String> LIBRARIES =
      List.of(
          "/usr/lib/x86_64-linux-gnu/janus", "/usr/lib/aarch64-linux-gnu/janus", "/usr/lib/janus", "/usr/lib64/janus");
  private static final String PLUGIN = "plugins/libjanus_streaming.so";
  private static final String TRANSPORT = "transports/libjanus_http.so";
  private static final int PORTS = 4;
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();

  private final int http;
  private final int media;
  private final Child child;

  private JanusServer(int http, int media, Child child) {
    this.http = http;
    this.media = media;
    this.child = child;
  }

  private static Optional<Path> libraries() {
    return Stream.of(LIBRARIES.toArray(String[]::new))
        .map(Path::of)
        .filter(path -> Files.exists(path.resolve(PLUGIN)) && Files.exists(path.resolve(TRANSPORT)))
        .findFirst();
  }

  /** Why it can't be run here, and how it could; empty where it can. */
  public static Optional<String> missing() {
    if (Programs.find("janus").isPresent() && libraries().isPresent()) {
      return Optional.empty();
    }
    return Optional.of("Janus is not installed; as root: apt-get install -y --no-install-recommends janus");
  }

  /** Starts it. */
  public static JanusServer start(Path scratch) {
    Path program = Programs.find("janus").orElseThrow(() -> new BenchException(missing().orElse("")));
    Path libraries = libraries().orElseThrow(() -> new BenchException(missing().orElse("")));
    int http = FreePorts.next();
    int media = FreePorts.nextOf(PORTS);
    Path home = scratch.resolve("janus-" + http);
    try {
      configure(home, libraries, http, media);
    } catch (IOException e) {
      throw new BenchException("cannot write Janus' configuration: " + e.getMessage(), e);
    }
    List<String> command = List.of(program.toString(), "--configs-folder", home.toString());
    Child child = Child.start("janus", command, home.resolve("janus.log"), Map.of());
    try {
      Waiting.until(child, "listens", START_LIMIT, () -> Waiting.listens(http));
    } catch (BenchException e) {
      child.close();
      throw e;
    }
    return new JanusServer(http, media, child);
  }

  /** Writes all that Janus reads, in a folder of its own. */
  static void configure(Path home, Path libraries, int http, int media) throws IOException {
    // What else is packaged would be loaded too: a folder holds what is wanted.
    for (String library : List.of(PLUGIN, TRANSPORT)) {
      Path link = home.resolve(library);
      Files.createDirectories(link.resolveSibling(""));
      Files.createSymbolicLink(link, libraries.resolve(library));
    }
    Files.createDirectories(home.resolve("none"));
    Files.writeString(
        home.resolve("janus.jcfg"),
        """
        general: {
          configs_folder = "%1$s"
          plugins_folder = "%1$s/plugins"
          transports_folder = "%1$s/transports"
          events_folder = "%1$s/none"
          loggers_folder = "%1$s/none"
          debug_level = 3
          debug_colors = false
          event_loops = %2$d
        }
        media: { ipv6 = false }
        nat: {
          ice_lite = true
          ice_enforce_list = "%3$s"
        }
        """
            .formatted(home, LOOPS, ADDRESS));
    Files.writeString(
        home.resolve("janus.transport.http.jcfg"),
        """
        general: {
          json = "compact"
          base_path = "/janus"
          http = true
          port = %d
          ip = "127.0.0.1"
          https = false
          mhd_connection_limit = 10000
        }
        admin: { admin_http = false }
        """
            .formatted(http));
    Files.writeString(
        home.resolve("janus.plugin.streaming.jcfg"),
        """
        bench: {
          type = "rtp"
          id = 1
          media = (
            { type = "audio", mid = "a", iface = "127.0.0.1", port = %d, rtcpport = %d, pt = 111, codec = "opus" },
            { type = "video", mid = "v", iface = "127.0.0.1", port = %d, rtcpport = %d, pt = 96, codec = "h264",
              fmtp = "profile-level-id=42e01f;packetization-mode=1" }
          )
        }
        """
            .formatted(media + 2, media + 3, media, media + 1));
  }

  @Override
  public String name() {
    return "janus";
  }

  @Override
  public String about() {
    return "Janus as packaged, streaming plugin, fed by plain RTP, " + LOOPS + " event loops, ICE-lite";
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
    return "rtp://127.0.0.1:" + media;
  }

  @Override
  public String playUrl(Protocol protocol, String stream, String latency) {
    if (protocol != Protocol.WHEP) {
      throw new BenchException("Janus speaks WebRTC alone, not " + protocol.label());
    }
    return "janus://127.0.0.1:" + http + "/janus/1";
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
