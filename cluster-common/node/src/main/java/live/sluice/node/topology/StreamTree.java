package live.sluice.node.topology;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import live.sluice.cluster.Hubs;
import live.sluice.media.Announcement;
import live.sluice.media.MediaForm;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** This node's place in the tree of a stream: where it has it from, whom it serves, and how that goes. Thread-safe. */
public final class StreamTree {
  private final NodeView node;
  private final Traffic traffic;

  /** Of that node. */
  public StreamTree(NodeView node, Traffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  /** As JSON; null where the stream is not known here. */
  public @Nullable ObjectNode of(StreamKey key) {
    StreamEntry entry = node.directory().lookup(key);
    Stream stream = node.registry().find(key);
    Publication source = stream == null ? null : stream.source();
    if (entry == null && source == null) {
      return null;
    }
    StreamEntry known = entry != null ? entry : source == null ? null : source.entry();
    ObjectNode doc = JsonNodeFactory.instance.objectNode().put("stream", key.toString());
    doc.put("node", node.self().id()).put("region", node.self().region());
    if (known != null) {
      doc.putObject("owner").put("node", known.owner().id()).put("region", known.owner().region());
      doc.put("epoch", known.epoch()).put("hub", hub(known));
    }
    routes(doc.putArray("routes"), key);
    pull(doc, source);
    serves(doc.putArray("serves"), key);
    doc.put("viewers", viewers(node.sessions().all(), key));
    doc.put("source_session", source == null ? "" : source.session().id());
    return doc;
  }

  /** The node from which this region's others have it: the owner, where it is of this region. */
  private String hub(StreamEntry entry) {
    if (entry.owner().region().equals(node.self().region())) {
      return entry.owner().id();
    }
    Set<String> suspected = new HashSet<>();
    for (NodeInfo other : node.directory().nodes()) {
      if (!other.id().equals(node.self().id()) && node.hops().suspected().test(other.id())) {
        suspected.add(other.id());
      }
    }
    NodeInfo hub = Hubs.hubFor(entry.key(), node.directory().nodes(), suspected);
    return hub == null ? "" : hub.id();
  }

  private void routes(ArrayNode routes, StreamKey key) {
    for (Announcement route : node.directory().routes(key)) {
      ObjectNode doc = routes.addObject().put("from", route.from().id());
      ArrayNode path = doc.putArray("path");
      route.path().forEach(path::add);
      doc.put("cost", route.cost());
    }
  }

  private void pull(ObjectNode doc, @Nullable Publication source) {
    if (source == null || source.isLocal()) {
      doc.putNull("pull");
      return;
    }
    Session session = source.session();
    ObjectNode pull =
        doc.putObject("pull")
            .put("from", detail(session, "from"))
            .put("session", session.id())
            .put("via", detail(session, "via"))
            .put("form", label(source.form()));
    Crossing crossing = Crossing.of(node, session);
    Crossing.figures(pull, crossing, traffic.of(session).receivedKbps());
    Crossing.layers(pull.putArray("layers"), crossing);
  }

  private void serves(ArrayNode serves, StreamKey key) {
    for (Session session : node.sessions().all()) {
      if (session.type() == Session.Type.NODE_PULL && key.equals(session.stream())) {
        Crossing crossing = Crossing.of(node, session);
        ObjectNode doc =
            serves
                .addObject()
                .put("node", detail(session, "node"))
                .put("session", session.id())
                .put("asked_by", detail(session, "via"))
                .put("form", form(key, crossing));
        Crossing.figures(doc, crossing, traffic.of(session).sentKbps());
        Crossing.layers(doc.putArray("layers"), crossing);
      }
    }
  }

  private String form(StreamKey key, @Nullable Crossing crossing) {
    if (crossing != null) {
      return crossing.stream().form().name().toLowerCase(Locale.ROOT);
    }
    Stream stream = node.registry().find(key);
    Publication source = stream == null ? null : stream.source();
    return source == null ? "" : label(source.form());
  }

  private static String label(MediaForm form) {
    return form.name().toLowerCase(Locale.ROOT);
  }

  /** What a session said of itself; empty where nothing. */
  static String detail(Session session, String name) {
    String detail = session.detail(name);
    return detail == null ? "" : detail;
  }

  /** How many of these sessions play a stream. */
  static int viewers(Collection<Session> sessions, StreamKey key) {
    int viewers = 0;
    for (Session session : sessions) {
      viewers += session.type().plays() && key.equals(session.stream()) ? 1 : 0;
    }
    return viewers;
  }
}
