package live.sluice.node.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.Totals;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import tools.jackson.databind.node.ObjectNode;

/** Sessions as the API shows them: what SRS has by its names, what is ours alone beside it. */
final class ClientDocs {
  private final NodeView node;
  private final Traffic traffic;
  private final Ids ids;

  ClientDocs(NodeView node, Traffic traffic, Ids ids) {
    this.node = node;
    this.traffic = traffic;
    this.ids = ids;
  }

  /** All sessions of this node, the oldest first. */
  List<Session> all() {
    List<Session> sessions = new ArrayList<>(node.sessions().all());
    sessions.sort(Comparator.comparingLong(Session::startedWallMs).thenComparing(Session::id));
    return sessions;
  }

  /** Whether it is a publisher or a player, and no node. */
  static boolean isClient(Session.Type type) {
    return type.plays() || type.publishes();
  }

  ObjectNode doc(Session session) {
    StreamKey key = session.stream();
    Totals totals = traffic.of(session);
    ObjectNode doc =
        Envelope.JSON
            .objectNode()
            .put("id", session.id())
            .put("vhost", key == null ? "" : key.vhost())
            .put("stream", key == null ? "" : ids.of(key))
            .put("ip", session.remoteAddress())
            .put("pageUrl", text(session, "pageUrl"))
            .put("swfUrl", text(session, "swfUrl"))
            .put("tcUrl", text(session, "tcUrl"))
            .put("url", key == null ? "" : '/' + key.app() + '/' + key.name())
            .put("name", key == null ? "" : key.name())
            .put("type", session.type().label())
            .put("publish", session.publishes())
            .put("alive", (node.ticker().wallMillis() - session.startedWallMs()) / 1_000.0)
            .put("send_bytes", session.sentBytes())
            .put("recv_bytes", session.receivedBytes());
    doc.putObject("kbps").put("recv_30s", totals.receivedKbps()).put("send_30s", totals.sentKbps());
    doc.put("node", node.self().id())
        .put("app", key == null ? "" : key.app())
        .put("remote", session.remote())
        .put("agent", text(session, "agent"))
        .put("frames", session.frames())
        .put("dropped_frames", session.droppedFrames())
        .put("skips", session.skips());
    if (session.firstFrameNanos() >= 0) {
      doc.put("first_frame_ms", session.firstFrameNanos() / 1_000_000.0);
    }
    putIfKnown(doc, session, "latency");
    putIfKnown(doc, session, "via");
    rtc(doc, session);
    return doc;
  }

  /** What peers of WebRTC report, where it is one. */
  private static void rtc(ObjectNode doc, Session session) {
    putIfKnown(doc, session, "path");
    putIfKnown(doc, session, "layer");
    String roundTrip = session.detail("roundTrip");
    if (roundTrip != null) {
      doc.put("round_trip_ms", Double.parseDouble(roundTrip));
    }
    String lost = session.detail("lost");
    if (lost != null) {
      doc.put("lost_percent", Double.parseDouble(lost));
    }
  }

  private static void putIfKnown(ObjectNode doc, Session session, String name) {
    String detail = session.detail(name);
    if (detail != null) {
      doc.put(name, detail);
    }
  }

  private static String text(Session session, String name) {
    String detail = session.detail(name);
    return detail == null ? "" : detail;
  }
}
