package live.sluice.node.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.LinkStatus;
import live.sluice.hop.link.StreamStatus;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one node knows of the topology: itself, its links, its streams, and the other nodes. Thread-safe. */
public final class NodePart {
  private static final int MOST_STREAMS = 1_000;

  private final NodeView node;
  private final Traffic traffic;

  /** Of that node. */
  public NodePart(NodeView node, Traffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  /** As JSON. */
  public ObjectNode doc() {
    ObjectNode doc = JsonNodeFactory.instance.objectNode();
    doc.set("node", self());
    ArrayNode hops = doc.putArray("hops");
    node.hops().links().get().forEach(link -> hop(hops.addObject(), link));
    streams(doc.putArray("streams"));
    ArrayNode others = doc.putArray("others");
    for (NodeLoad load : others()) {
      node(others.addObject(), load.node()).put("streams", load.streams()).put("players", load.players());
    }
    return doc;
  }

  /** The nodes that are known here, this one not among them. */
  public List<NodeLoad> others() {
    List<NodeLoad> all = new ArrayList<>();
    for (NodeView.NodeLoad load : node.loads().get()) {
      if (!load.info().id().equals(node.self().id())) {
        all.add(new NodeLoad(load.info(), load.streams(), load.players()));
      }
    }
    node.hops().elsewhere().get().values().forEach(all::addAll);
    return all;
  }

  private ObjectNode self() {
    int players = 0;
    int publishers = 0;
    for (Session session : node.sessions().all()) {
      players += session.type().plays() ? 1 : 0;
      publishers += session.publishes() ? 1 : 0;
    }
    ObjectNode doc =
        node(JsonNodeFactory.instance.objectNode(), node.self())
            .put("state", node.state().get().label())
            .put("streams", node.registry().streams().size())
            .put("players", players)
            .put("publishers", publishers);
    doc.putObject("kbps")
        .put("recv_30s", traffic.node().receivedKbps())
        .put("send_30s", traffic.node().sentKbps());
    return doc;
  }

  private static ObjectNode node(ObjectNode doc, NodeInfo info) {
    doc.put("name", info.id())
        .put("role", info.role().name().toLowerCase(Locale.ROOT))
        .put("region", info.region())
        .put("host", info.host());
    doc.putObject("ports")
        .put("rtmp", info.rtmpPort())
        .put("http", info.httpPort())
        .put("api", info.apiPort())
        .put("hop", info.hopPort());
    return doc;
  }

  private static void hop(ObjectNode doc, LinkStatus link) {
    int in = 0;
    for (StreamStatus stream : link.streams()) {
      in += stream.inbound() ? 1 : 0;
    }
    doc.put("peer", link.peer().id())
        .put("peer_region", link.peer().region())
        .put("address", link.address())
        .put("dialled", link.dialled())
        .put("standing", link.standing())
        .put("going", link.going())
        .put("since_ms", link.sinceWallMs())
        .put("round_trip_ms", Math.round(link.roundTripNanos() / 1e3) / 1e3)
        .put("loss", Math.round(link.sent().lossBeforeRepair() * 1e5) / 1e5)
        .put("window_bytes", link.transport().window())
        .put("dropped_datagrams", link.transport().droppedDatagrams())
        .put("estimate_kbps", link.sent().estimateBitsPerSecond() / 1_000)
        .put("streams_in", in)
        .put("streams_out", link.streams().size() - in);
  }

  private void streams(ArrayNode list) {
    for (Stream stream : node.registry().streams()) {
      Publication source = stream.source();
      if (source != null && list.size() < MOST_STREAMS) {
        list.addObject()
            .put("stream", stream.key().toString())
            .put("vhost", stream.key().vhost())
            .put("app", stream.key().app())
            .put("name", stream.key().name())
            .put("owner", source.entry().owner().id())
            .put("region", source.entry().owner().region())
            .put("epoch", source.entry().epoch())
            .put("viewers", StreamTree.viewers(node.sessions().all(), stream.key()));
      }
    }
  }
}
