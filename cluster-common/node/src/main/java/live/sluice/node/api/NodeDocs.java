package live.sluice.node.api;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.Machine;
import live.sluice.node.metrics.Totals;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import live.sluice.node.state.Version;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The node itself, the nodes of its region, and its virtual hosts, as the API shows them. */
final class NodeDocs {
  private final NodeView node;
  private final Traffic traffic;

  NodeDocs(NodeView node, Traffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  ObjectNode versions() {
    String[] parts = Version.text().replaceAll("[^0-9.].*", "").split("\\.", -1);
    return Envelope.JSON
        .objectNode()
        .put("major", part(parts, 0))
        .put("minor", part(parts, 1))
        .put("revision", part(parts, 2))
        .put("version", Version.text())
        .put("name", "Sluice")
        .put("java", Runtime.version().toString());
  }

  private static int part(String[] parts, int index) {
    return index < parts.length && parts[index].matches("[0-9]{1,6}") ? Integer.parseInt(parts[index]) : 0;
  }

  ObjectNode summary() {
    ObjectNode data =
        Envelope.JSON.objectNode().put("ok", true).put("now_ms", node.ticker().wallMillis());
    ObjectNode self = data.putObject("self");
    NodeInfo info = node.self();
    self.put("version", Version.text())
        .put("pid", ProcessHandle.current().pid())
        .put("name", info.id())
        .put("role", info.role().name().toLowerCase(Locale.ROOT))
        .put("region", info.region())
        .put("host", info.host())
        .put("state", node.state().get().label())
        .put("directory", node.directory().connected() ? "ok" : "lost")
        .put("cpu_percent", Machine.cpuPercent())
        .put("mem_kbyte", Machine.residentKib())
        .put("mem_percent", Math.round(1_000.0 * Machine.residentKib() / Machine.systemMemoryKib()) / 10.0)
        .put("heap_bytes", Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())
        .put("direct_bytes", Machine.directBytes())
        .put("srs_uptime", (node.ticker().wallMillis() - info.incarnation()) / 1_000);
    load(self);
    urls(self.putObject("urls"), info);
    ObjectNode ports = ports(self, info);
    if (node.rtcPort() > 0) {
      ports.put("rtc", node.rtcPort());
    }
    data.putObject("system")
        .put("cpu_percent", Machine.systemCpuPercent())
        .put("mem_ram_kbyte", Machine.systemMemoryKib())
        .put("cpus", Runtime.getRuntime().availableProcessors())
        .put("conn_srs", node.sessions().size());
    return data;
  }

  private void load(ObjectNode self) {
    int players = 0;
    int publishers = 0;
    for (Session session : node.sessions().all()) {
      players += session.type().plays() ? 1 : 0;
      publishers += session.publishes() ? 1 : 0;
    }
    int streams = 0;
    for (Stream stream : node.registry().streams()) {
      streams += stream.source() == null ? 0 : 1;
    }
    Totals totals = traffic.node();
    self.put("streams", streams)
        .put("players", players)
        .put("publishers", publishers)
        .put("sessions", node.sessions().size())
        .put("send_bytes", totals.sentBytes())
        .put("recv_bytes", totals.receivedBytes())
        .putObject("kbps")
        .put("recv_30s", totals.receivedKbps())
        .put("send_30s", totals.sentKbps());
  }

  static void urls(ObjectNode urls, NodeInfo info) {
    urls.put("rtmp", "rtmp://" + info.rtmpAuthority())
        .put("http", "http://" + info.httpAuthority())
        .put("api", "http://" + info.apiAuthority());
  }

  private static ObjectNode ports(ObjectNode doc, NodeInfo info) {
    ObjectNode ports =
        doc.putObject("ports")
            .put("rtmp", info.rtmpPort())
            .put("http", info.httpPort())
            .put("api", info.apiPort());
    return info.hopPort() > 0 ? ports.put("hop", info.hopPort()) : ports;
  }

  /** All live nodes of the region by name, with their load as of their last word. */
  ArrayNode nodes() {
    TreeMap<String, ObjectNode> byName = new TreeMap<>();
    for (NodeView.NodeLoad load : node.loads().get()) {
      ObjectNode doc = doc(load.info()).put("streams", load.streams()).put("players", load.players());
      byName.put(load.info().id(), doc);
    }
    ObjectNode mine = byName.computeIfAbsent(node.self().id(), id -> doc(node.self()));
    mine.put("self", true).put("state", node.state().get().label());
    load(mine);
    ArrayNode nodes = Envelope.JSON.arrayNode();
    byName.values().forEach(nodes::add);
    return nodes;
  }

  private static ObjectNode doc(NodeInfo info) {
    ObjectNode doc =
        Envelope.JSON
            .objectNode()
            .put("name", info.id())
            .put("role", info.role().name().toLowerCase(Locale.ROOT))
            .put("region", info.region())
            .put("host", info.host())
            .put("incarnation", info.incarnation())
            .put("self", false)
            .put("state", "running");
    ports(doc, info);
    urls(doc.putObject("urls"), info);
    return doc;
  }

  /** The virtual hosts that are configured or have streams. */
  ArrayNode vhosts() {
    Set<String> names = new TreeSet<>(node.config().vhosts().keySet());
    names.add(StreamKey.DEFAULT_VHOST);
    node.registry().streams().forEach(stream -> names.add(stream.key().vhost()));
    ArrayNode vhosts = Envelope.JSON.arrayNode();
    names.forEach(name -> vhosts.add(vhost(name)));
    return vhosts;
  }

  private ObjectNode vhost(String name) {
    Set<StreamKey> streams = new HashSet<>();
    Totals sum = Totals.ZERO;
    for (Stream stream : node.registry().streams()) {
      Publication source = stream.source();
      if (stream.key().vhost().equals(name)) {
        sum = sum.plus(traffic.of(stream.key()));
        if (source != null) {
          streams.add(stream.key());
        }
      }
    }
    int clients = 0;
    for (Session session : node.sessions().all()) {
      StreamKey key = session.stream();
      clients += key != null && key.vhost().equals(name) && ClientDocs.isClient(session.type()) ? 1 : 0;
    }
    ObjectNode doc =
        Envelope.JSON
            .objectNode()
            .put("id", name)
            .put("name", name)
            .put("enabled", true)
            .put("clients", clients)
            .put("streams", streams.size())
            .put("send_bytes", sum.sentBytes())
            .put("recv_bytes", sum.receivedBytes());
    doc.putObject("kbps").put("recv_30s", sum.receivedKbps()).put("send_30s", sum.sentKbps());
    doc.putObject("hls")
        .put("enabled", node.config().hls().enabled())
        .put("fragment", node.config().hls().segment().toMillis() / 1_000.0);
    doc.put("latency", node.config().latencyOf(name).name().toLowerCase(Locale.ROOT));
    return doc;
  }
}
