package live.sluice.bench.compare.server;

import java.util.List;
import live.sluice.bench.BenchException;
import org.jspecify.annotations.Nullable;

/** Sluice: an origin, alone or with an edge that the players go to. */
public final class SluiceServer implements Server {
  private final String name;
  private final SluiceOptions options;
  private final List<String> settings;
  private final SluiceNode origin;
  private final @Nullable SluiceNode edge;

  private SluiceServer(
      String name, SluiceOptions options, List<String> settings, SluiceNode origin, @Nullable SluiceNode edge) {
    this.name = name;
    this.options = options;
    this.settings = settings;
    this.origin = origin;
    this.edge = edge;
  }

  /**
   * Starts one origin.
   *
   * @param settings keys with their values, over the configuration
   */
  public static SluiceServer origin(String name, SluiceOptions options, List<String> settings) {
    return new SluiceServer(name, options, settings, new SluiceNode("origin", name, options, false, null, settings), null);
  }

  /** Starts an origin and an edge; players go to the edge, and its cost alone is counted. */
  public static SluiceServer edge(String name, SluiceOptions options) {
    SluiceNode origin = new SluiceNode("origin", name + "-origin", options, true, null, List.of());
    try {
      SluiceNode edge = new SluiceNode("edge", name, options, true, origin, List.of());
      return new SluiceServer(name, options, List.of(), origin, edge);
    } catch (BenchException e) {
      origin.close();
      throw e;
    }
  }

  private SluiceNode playedAt() {
    return edge == null ? origin : edge;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String about() {
    String config = options.config() == null ? "HLS " + (options.hls() ? "on" : "off") : "with " + options.config();
    return SluiceNode.version(options.distribution())
        + (edge == null ? ", one origin, " : ", an edge before an origin, ")
        + config
        + (options.wholeHeap() ? ", heap touched at the start" : "")
        + (settings.isEmpty() ? "" : ", " + String.join(", ", settings));
  }

  @Override
  public long[] pids() {
    return new long[] {playedAt().child().pid()};
  }

  @Override
  public boolean wantsPublisher() {
    return true;
  }

  @Override
  public String publishUrl(Protocol load, String stream) {
    if (load == Protocol.WHEP) {
      return "http://127.0.0.1:" + origin.api + "/live/" + stream + "/whip";
    }
    return "rtmp://127.0.0.1:" + origin.rtmp + "/live/" + stream;
  }

  @Override
  public String playUrl(Protocol protocol, String stream, String latency) {
    SluiceNode node = playedAt();
    String http = "127.0.0.1:" + node.http + "/live/" + stream;
    return switch (protocol) {
      case FLV -> "http://" + http + ".flv?latency=" + latency;
      case WS_FLV -> "ws://" + http + ".flv?latency=" + latency;
      case RTMP -> "rtmp://127.0.0.1:" + node.rtmp + "/live/" + stream + "?latency=" + latency;
      case HLS -> "http://" + http + ".m3u8";
      case WHEP -> "http://127.0.0.1:" + node.api + "/live/" + stream + "/whep";
      case PUBLISH -> throw new BenchException("publishers alone are not played");
    };
  }

  /** Address of HTTP media, as host:port. */
  public String http() {
    return "127.0.0.1:" + playedAt().http;
  }

  @Override
  public String metricsUrl() {
    return "http://127.0.0.1:" + playedAt().api + "/metrics";
  }

  @Override
  public String lastWords() {
    return playedAt().child().lastWords();
  }

  @Override
  public void close() {
    if (edge != null) {
      edge.close();
    }
    origin.close();
  }
}
