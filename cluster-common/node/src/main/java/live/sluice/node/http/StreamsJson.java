package live.sluice.node.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import live.sluice.media.MediaKind;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page shows: this node, the live streams of the cluster, and its nodes. Thread-safe. */
public final class StreamsJson {
  /** More streams than this are no list for people. */
  private static final int MAX_STREAMS = 500;

  /** How long an answer holds, in ms. */
  private static final long HOLD_MS = 300;

  private final NodeInfo self;
  private final int apiTlsPort;
  private final boolean rtc;
  private final StreamRegistry registry;
  private final StreamDirectory directory;
  private final Ticker ticker;
  private final JsonMapper json = JsonMapper.shared();
  private volatile @Nullable Rendered rendered;

  private record Rendered(long atMs, byte[] bytes) {}

  /**
   * Of this node.
   *
   * @param apiTlsPort port of the API over HTTPS; 0 where there is none
   * @param rtc whether the node does WebRTC
   */
  public StreamsJson(
      NodeInfo self, int apiTlsPort, boolean rtc, StreamRegistry registry, StreamDirectory directory, Ticker ticker) {
    this.self = self;
    this.apiTlsPort = apiTlsPort;
    this.rtc = rtc;
    this.registry = registry;
    this.directory = directory;
    this.ticker = ticker;
  }

  /** The bytes, made anew a few times a second at most: who asks oftener gets what was said last. */
  byte[] render() {
    Rendered last = rendered;
    long now = ticker.millis();
    if (last == null || now - last.atMs() > HOLD_MS) {
      last = new Rendered(now, make());
      rendered = last;
    }
    return last.bytes();
  }

  private byte[] make() {
    ObjectNode root = json.createObjectNode();
    root.putObject("node")
        .put("name", self.id())
        .put("role", label(self.role()))
        .put("region", self.region())
        .put("directory", directory.connected() ? "ok" : "lost");
    root.put("apiPort", self.apiPort())
        .put("apiTlsPort", apiTlsPort)
        .put("rtmpPort", self.rtmpPort())
        .put("rtc", rtc);
    ArrayNode streams = root.putArray("streams");
    Map<StreamKey, StreamEntry> live = new TreeMap<>();
    for (StreamEntry entry : directory.entries()) {
      live.put(entry.key(), entry);
    }
    Map<StreamKey, Stream> here = new HashMap<>();
    for (Stream stream : registry.streams()) {
      here.put(stream.key(), stream);
      Publication source = stream.source();
      if (source != null) {
        live.putIfAbsent(stream.key(), source.entry());
      }
    }
    for (StreamEntry entry : live.values()) {
      if (streams.size() == MAX_STREAMS) {
        break;
      }
      add(streams.addObject(), entry, here.get(entry.key()));
    }
    ArrayNode nodes = root.putArray("nodes");
    for (NodeInfo node : directory.nodes()) {
      nodes
          .addObject()
          .put("name", node.id())
          .put("role", label(node.role()))
          .put("region", node.region())
          .put("http", node.httpAuthority())
          .put("rtmp", node.rtmpAuthority())
          .put("state", "running");
    }
    return json.writeValueAsBytes(root);
  }

  private void add(ObjectNode out, StreamEntry entry, @Nullable Stream stream) {
    StreamKey key = entry.key();
    out.put("vhost", key.vhost())
        .put("app", key.app())
        .put("name", key.name())
        .put("owner", entry.owner().id())
        .put("epoch", entry.epoch())
        .put("local", entry.owner().sameAs(self))
        .put("players", stream == null ? 0 : stream.readerCount());
    if (!entry.owner().region().equals(self.region())) {
      out.put("region", entry.owner().region());
    }
    ArrayNode codecs = out.putArray("codecs");
    entry.codecs().forEach(codecs::add);
    Track track = stream == null ? null : stream.track(MediaKind.VIDEO);
    if (track != null && track.video() != null) {
      out.putObject("video").put("width", track.video().width()).put("height", track.video().height());
    }
  }

  private static String label(NodeInfo.Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
