package live.sluice.bench.cascade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one node tells of its links, again and again over a cell, as one set of figures for each other node. */
final class LinkWatch {
  private static final List<String> CLASSES = List.of("audio", "retransmission", "keyframe", "rest", "transport");

  private final String node;
  private final List<Metrics> samples = new ArrayList<>();

  LinkWatch(String node) {
    this.node = node;
  }

  void add(Metrics sample) {
    samples.add(sample);
  }

  /** Of each node that packets went to or came from. */
  List<HopFigures> figures() {
    List<HopFigures> all = new ArrayList<>();
    if (samples.isEmpty()) {
      return all;
    }
    for (String peer : samples.getLast().values("node")) {
      HopFigures figures = with(peer);
      if (figures.sent() > 0 || figures.received() > 0) {
        all.add(figures);
      }
    }
    return all;
  }

  private HopFigures with(String peer) {
    Map<String, Long> dropped = new LinkedHashMap<>();
    for (String each : CLASSES) {
      long count = grown("sluice_hop_dropped_packets_total", "node", peer, "class", each);
      if (count > 0) {
        dropped.put(each, count);
      }
    }
    double least = Double.MAX_VALUE;
    double worst = 0;
    for (Metrics sample : samples) {
      least = Math.min(least, sample.sum("sluice_hop_send_estimate_bits_per_second", "node", peer));
      worst = Math.max(worst, sample.sum("sluice_hop_loss_ratio", "node", peer));
    }
    String lost = "sluice_hop_stream_lost_packets_total";
    return new HopFigures(
        node,
        peer,
        grown("sluice_hop_packets_total", "node", peer, "direction", "sent"),
        grown("sluice_hop_retransmitted_packets_total", "node", peer),
        grown("sluice_hop_packets_total", "node", peer, "direction", "received"),
        grown("sluice_hop_repair_requests_total", "node", peer),
        grown(lost, "node", peer, "direction", "received", "repair", "before"),
        grown(lost, "node", peer, "direction", "received", "repair", "after"),
        dropped,
        Math.round(least / 1_000),
        100 * worst,
        1_000 * samples.getLast().sum("sluice_hop_round_trip_seconds", "node", peer));
  }

  /** By how much a counter grew; what it lost where a link or a stream began anew is not made up for. */
  private long grown(String name, String... labels) {
    double grown = 0;
    for (int i = 1; i < samples.size(); i++) {
      grown += Math.max(0, samples.get(i).sum(name, labels) - samples.get(i - 1).sum(name, labels));
    }
    return Math.round(grown);
  }
}
