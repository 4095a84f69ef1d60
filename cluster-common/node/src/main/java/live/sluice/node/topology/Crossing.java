package live.sluice.node.topology;

import live.sluice.hop.link.LinkStatus;
import live.sluice.hop.link.StreamStatus;
import live.sluice.media.Session;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream on its way over a link.
 *
 * @param link the link
 * @param stream the stream
 */
record Crossing(LinkStatus link, StreamStatus stream) {
  private static final int MOST_LAYERS = 32;

  /** What crosses for a session of this node; null where no link carries it. */
  static @Nullable Crossing of(NodeView node, Session session) {
    for (LinkStatus link : node.hops().links().get()) {
      for (StreamStatus stream : link.streams()) {
        if (stream.session().equals(session.id())) {
          return new Crossing(link, stream);
        }
      }
    }
    return null;
  }

  /**
   * Adds the figures to a document; those that are not known are null.
   *
   * @param crossing null where the stream crosses by TCP
   * @param otherwiseKbps what is told where no link tells it
   */
  static void figures(ObjectNode doc, @Nullable Crossing crossing, long otherwiseKbps) {
    doc.put("transport", crossing == null ? "tcp" : "hop");
    StreamStatus stream = crossing == null ? null : crossing.stream();
    putUnless(doc, "round_trip_ms", crossing == null || crossing.link().roundTripNanos() == 0,
        crossing == null ? 0 : crossing.link().roundTripNanos() / 1e6);
    putUnless(doc, "delay_ms", stream == null || stream.delayMicros() < 0, stream == null ? 0 : stream.delayMicros() / 1e3);
    putUnless(doc, "loss_before", stream == null || stream.lossBefore() < 0, stream == null ? 0 : stream.lossBefore());
    putUnless(doc, "loss_after", stream == null || stream.lossAfter() < 0, stream == null ? 0 : stream.lossAfter());
    doc.put("kbps", stream == null || stream.bitsPerSecond() < 0 ? otherwiseKbps : stream.bitsPerSecond() / 1000);
  }

  private static void putUnless(ObjectNode doc, String name, boolean unknown, double value) {
    if (unknown) {
      doc.putNull(name);
    } else {
      doc.put(name, Math.round(value * 1e5) / 1e5);
    }
  }

  /** Adds the numbers of the layers of video that cross. */
  static void layers(ArrayNode list, @Nullable Crossing crossing) {
    for (int layer = 0; crossing != null && layer < MOST_LAYERS; layer++) {
      if ((crossing.stream().layers() & (1 << layer)) != 0) {
        list.add(layer);
      }
    }
  }
}
