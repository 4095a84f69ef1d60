package live.sluice.node.topology;

import live.sluice.hop.link.LinkStatus;
import live.sluice.media.Announcement;
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

/** The part of a session's way towards the publisher that lies on this node. Thread-safe. */
public final class SessionWay {
  private final NodeView node;
  private final Traffic traffic;

  /** Of that node. */
  public SessionWay(NodeView node, Traffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  /**
   * As JSON: {@code legs}, and where the stream comes from another node {@code next} with that node and the pull's id, by
   * which it knows the session that serves; where nothing is pulled, as for HLS, {@code next} names the stream instead.
   * Null where neither that session is here nor one that serves it.
   */
  public @Nullable ObjectNode of(String id) {
    ObjectNode doc = JsonNodeFactory.instance.objectNode();
    ArrayNode legs = doc.putArray("legs");
    Session session = find(id);
    Publication source = session == null ? pull(id) : source(session.stream());
    if (session == null && source == null) {
      return null;
    }
    if (session != null) {
      leg(legs, session);
      if (session.type() == Session.Type.HLS_PLAY && isServedByOwner(doc, session.stream())) {
        return doc;
      }
    }
    if (source != null && (session == null || !source.session().id().equals(session.id())) && !publishes(session)) {
      source(doc, legs, source);
    }
    return doc;
  }

  /** What a viewer of HLS gets is fetched from the owner, object by object: no session of ours stands between. */
  private boolean isServedByOwner(ObjectNode doc, @Nullable StreamKey key) {
    StreamEntry entry = key == null ? null : node.directory().lookup(key);
    if (entry == null || entry.owner().id().equals(node.self().id())) {
      return false;
    }
    next(doc, entry.owner()).put("vhost", entry.key().vhost()).put("app", entry.key().app()).put("name", entry.key().name());
    return true;
  }

  private static ObjectNode next(ObjectNode doc, NodeInfo from) {
    return doc.putObject("next")
        .put("node", from.id())
        .put("region", from.region())
        .put("host", from.host())
        .put("api_port", from.apiPort());
  }

  private static boolean publishes(@Nullable Session session) {
    return session != null && session.publishes();
  }

  private @Nullable Session find(String id) {
    Session found = node.sessions().find(id);
    if (found != null) {
      return found;
    }
    for (Session session : node.sessions().all()) {
      if (session.type() == Session.Type.NODE_PULL && id.equals(session.detail("via"))) {
        return session;
      }
    }
    return null;
  }

  private @Nullable Publication pull(String id) {
    for (Stream stream : node.registry().streams()) {
      Publication source = stream.source();
      if (source != null && source.session().id().equals(id)) {
        return source;
      }
    }
    return null;
  }

  private @Nullable Publication source(@Nullable StreamKey key) {
    Stream stream = key == null ? null : node.registry().find(key);
    return stream == null ? null : stream.source();
  }

  private void source(ObjectNode doc, ArrayNode legs, Publication source) {
    Session session = source.session();
    ObjectNode leg = leg(legs, session);
    if (source.isLocal()) {
      return;
    }
    Crossing.figures(leg, Crossing.of(node, session), traffic.of(session).receivedKbps());
    NodeInfo from = resolve(StreamTree.detail(session, "from"), source.entry());
    if (from != null) {
      leg.put("remote", from.host() + ":" + from.hopPort());
      next(doc, from).put("session", session.id());
    }
  }

  private ObjectNode leg(ArrayNode legs, Session session) {
    StreamKey key = session.stream();
    return legs.addObject()
        .put("node", node.self().id())
        .put("region", node.self().region())
        .put("session", session.id())
        .put("type", session.type().label())
        .put("stream", key == null ? "" : key.toString())
        .put("remote", session.remote())
        .put("since_ms", session.startedWallMs());
  }

  private @Nullable NodeInfo resolve(String id, StreamEntry entry) {
    for (NodeInfo known : node.directory().nodes()) {
      if (known.id().equals(id)) {
        return known;
      }
    }
    for (LinkStatus link : node.hops().links().get()) {
      if (link.peer().id().equals(id)) {
        return link.peer();
      }
    }
    for (Announcement route : node.directory().routes(entry.key())) {
      if (route.from().id().equals(id)) {
        return route.from();
      }
    }
    return entry.owner().id().equals(id) ? entry.owner() : null;
  }
}
