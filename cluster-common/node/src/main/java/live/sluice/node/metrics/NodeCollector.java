package live.sluice.node.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.node.state.Lifecycle;
import live.sluice.node.state.NodeView;
import live.sluice.node.state.Version;
import live.sluice.rtc.RtcTotals;

/**
 * Tells of the node and its streams at each scrape, from what is there at that moment: a stream that has gone leaves no
 * series behind. The number of streams that are told of is bounded.
 */
final class NodeCollector implements MultiCollector {
  private static final int MAX_STREAMS = 1_000;

  private final NodeView node;
  private final Traffic traffic;

  NodeCollector(NodeView node, Traffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  @Override
  public MetricSnapshots collect() {
    Families families = new Families();
    node(families);
    sessions(families);
    rtc(families);
    streams(families);
    return families.snapshots();
  }

  private void node(Families f) {
    f.gauge("sluice_node", "The node: always 1", 1, "version", Version.text(), "node", node.self().id(), "role",
        node.self().role().name().toLowerCase(Locale.ROOT), "region", node.self().region());
    for (Lifecycle state : Lifecycle.values()) {
      f.gauge("sluice_node_state", "1 for where the node is in its life", node.state().get() == state ? 1 : 0, "state",
          state.label());
    }
    f.gauge("sluice_directory_connected", "1 while the directory of streams is within reach",
        node.directory().connected() ? 1 : 0);
    f.gauge("sluice_directory_nodes", "Live nodes of the region as known here", node.directory().nodes().size());
    f.gauge("sluice_directory_streams", "Streams of the region as known here", node.directory().entries().size());
    f.gauge("sluice_direct_memory_bytes", "Direct memory that buffers take", Machine.directBytes());
    f.gauge("sluice_direct_memory_budget_bytes", "Direct memory up to which further players are taken",
        node.config().media().memoryBudget().bytes());
  }

  private void sessions(Families f) {
    Map<Session.Type, Integer> numbers = new EnumMap<>(Session.Type.class);
    for (Session session : node.sessions().all()) {
      numbers.merge(session.type(), 1, Integer::sum);
    }
    for (Session.Type type : Session.Type.values()) {
      Totals totals = traffic.of(type);
      String label = type.label();
      f.gauge("sluice_sessions", "Sessions there are", numbers.getOrDefault(type, 0), "type", label);
      f.counter("sluice_sent_bytes", "Bytes sent", totals.sentBytes(), "type", label);
      f.counter("sluice_received_bytes", "Bytes received", totals.receivedBytes(), "type", label);
      f.counter("sluice_frames", "Frames sent to players and received from publishers", totals.frames(), "type", label);
      f.counter("sluice_dropped_frames", "Frames that slow players lost", totals.droppedFrames(), "type", label);
      f.counter("sluice_skips", "How often slow players jumped to a keyframe", totals.skips(), "type", label);
    }
    for (ErrorCode code : ErrorCode.values()) {
      f.counter("sluice_session_ends", "Sessions that ended, and how", node.sessions().ended(code), "code",
          code.label());
    }
  }

  private void rtc(Families f) {
    RtcTotals totals = node.rtc().get();
    f.gauge("sluice_rtc_peers", "Peers of WebRTC there are", totals.peers());
    String handshakes = "DTLS handshakes there are, by whether they have their turn";
    f.gauge("sluice_rtc_handshakes", handshakes, totals.handshakes(), "state", "running");
    f.gauge("sluice_rtc_handshakes", handshakes, totals.handshakesWaiting(), "state", "waiting");
    f.counter("sluice_rtc_received_datagrams", "Datagrams that came", totals.receivedDatagrams());
    String refused = "Datagrams that were dropped, and why";
    f.counter("sluice_rtc_refused_datagrams", refused, totals.strangers(), "reason", "stranger");
    f.counter("sluice_rtc_refused_datagrams", refused, totals.unauthenticated(), "reason", "unauthenticated");
    f.counter("sluice_rtc_refused_datagrams", refused, totals.overrun(), "reason", "overrun");
    f.counter("sluice_rtc_sent_datagrams", "Datagrams sent", totals.sentDatagrams());
    String sends = "Messages handed to the system, by whether each is one datagram or a train of several (GSO)";
    f.counter("sluice_rtc_sends", sends, totals.singles(), "form", "single");
    f.counter("sluice_rtc_sends", sends, totals.trains(), "form", "train");
    f.counter("sluice_rtc_resent_packets", "Packets sent once more for players that lost them", totals.resentPackets());
    f.counter("sluice_rtc_socket_errors", "Errors that the system told of a UDP socket", totals.socketErrors());
    String unsent = "Datagrams that were dropped before they were sent, by transport";
    f.counter("sluice_rtc_unsent_datagrams", unsent, totals.unsentByUdp(), "transport", "udp");
    f.counter("sluice_rtc_unsent_datagrams", unsent, totals.unsentByTcp(), "transport", "tcp");
    f.gauge("sluice_rtc_tcp_connections", "TCP connections of WebRTC there are", totals.connections());
    f.counter("sluice_rtc_refused_connections", "TCP connections that were too many", totals.refusedConnections());
  }

  private void streams(Families f) {
    List<Stream> streams = new ArrayList<>(node.registry().streams());
    int local = 0;
    int pulled = 0;
    for (Stream stream : streams) {
      Publication source = stream.source();
      if (source != null) {
        local += source.isLocal() ? 1 : 0;
        pulled += source.isLocal() ? 0 : 1;
      }
    }
    String help = "Streams there are, by where they come from";
    f.gauge("sluice_streams", help, local, "source", "local");
    f.gauge("sluice_streams", help, pulled, "source", "pull");
    f.gauge("sluice_streams", help, streams.size() - local - pulled, "source", "none");
    streams.sort((a, b) -> a.key().compareTo(b.key()));
    for (Stream stream : streams.subList(0, Math.min(MAX_STREAMS, streams.size()))) {
      stream(f, stream);
    }
    f.gauge("sluice_streams_untold", "Streams beyond the " + MAX_STREAMS + " that have series of their own",
        Math.max(0, streams.size() - MAX_STREAMS));
  }

  private void stream(Families f, Stream stream) {
    StreamKey key = stream.key();
    String name = key.toString();
    f.gauge("sluice_stream_readers", "Players and pulling nodes of a stream", stream.readerCount(), "stream", name);
    for (Session.Type type : Session.Type.values()) {
      Totals totals = traffic.of(key, type);
      if (totals != null) {
        String label = type.label();
        f.counter("sluice_stream_sent_bytes", "Bytes sent, by stream", totals.sentBytes(), "stream", name, "type",
            label);
        f.counter("sluice_stream_received_bytes", "Bytes received, by stream", totals.receivedBytes(), "stream", name,
            "type", label);
        f.counter("sluice_stream_frames", "Frames sent and received, by stream", totals.frames(), "stream", name,
            "type", label);
        f.counter("sluice_stream_dropped_frames", "Frames that slow players lost, by stream", totals.droppedFrames(),
            "stream", name, "type", label);
      }
    }
  }
}
