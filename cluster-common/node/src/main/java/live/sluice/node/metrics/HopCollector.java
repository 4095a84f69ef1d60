package live.sluice.node.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import live.sluice.hop.link.LinkStatus;
import live.sluice.hop.link.StreamStatus;
import live.sluice.media.NodeInfo;
import live.sluice.node.state.HopView;

/**
 * Tells of links and of the streams that cross them, at each scrape from what is there at that moment. Several links with one
 * node are told as one; the number of streams that are told of is bounded.
 */
final class HopCollector implements MultiCollector {
  private static final int MAX_STREAMS = 1_000;

  private record Way(String node, String region, String stream, boolean inbound) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      return sortKey().compareTo(other.sortKey());
    }

    private String sortKey() {
      return node + ' ' + stream + ' ' + inbound;
    }

    String[] labels(String... more) {
      String[] all = {"node", node, "region", region, "stream", stream, "direction", inbound ? "received" : "sent"};
      return joined(all, more);
    }
  }

  private final HopView hops;

  HopCollector(HopView hops) {
    this.hops = hops;
  }

  @Override
  public MetricSnapshots collect() {
    Map<String, List<LinkStatus>> byNode = new TreeMap<>();
    Map<Way, List<StreamStatus>> byWay = new TreeMap<>();
    for (LinkStatus link : hops.links().get()) {
      NodeInfo peer = link.peer();
      byNode.computeIfAbsent(peer.id(), id -> new ArrayList<>()).add(link);
      for (StreamStatus stream : link.streams()) {
        Way way = new Way(peer.id(), peer.region(), stream.key().toString(), stream.inbound());
        byWay.computeIfAbsent(way, w -> new ArrayList<>()).add(stream);
      }
    }
    Families families = new Families();
    byNode.values().forEach(links -> links(families, links));
    int told = 0;
    for (Map.Entry<Way, List<StreamStatus>> way : byWay.entrySet()) {
      if (told++ < MAX_STREAMS) {
        streams(families, way.getKey(), way.getValue());
      }
    }
    return families.snapshots();
  }

  private static void links(Families f, List<LinkStatus> links) {
    // Of two links, where both nodes dialled, the one that is used: what the other knows of the way is old.
    LinkStatus first = Collections.max(links, Comparator.comparingLong(HopCollector::crossed));
    String[] peer = {"node", first.peer().id(), "region", first.peer().region()};
    f.gauge("sluice_hop_up", "Links with a node that are up", links.size(), peer);
    f.gauge("sluice_hop_round_trip_seconds", "Smoothed round trip to a node", first.roundTripNanos() / 1e9, peer);
    f.gauge("sluice_hop_loss_ratio", "Share of packets to a node that was lost lately, before repair",
        first.sent().lossBeforeRepair(), peer);
    f.gauge("sluice_hop_send_estimate_bits_per_second", "What the way to a node is thought to carry",
        first.sent().estimateBitsPerSecond(), peer);
    String packets = "Packets of media that crossed links with a node";
    f.counter("sluice_hop_packets", packets, sum(links, l -> l.sent().packets()), joined(peer, "direction", "sent"));
    f.counter("sluice_hop_packets", packets, sum(links, l -> l.received().datagrams()),
        joined(peer, "direction", "received"));
    String bytes = "Bytes of them";
    f.counter("sluice_hop_bytes", bytes, sum(links, l -> l.sent().bytes()), joined(peer, "direction", "sent"));
    f.counter("sluice_hop_bytes", bytes, sum(links, l -> l.received().bytes()), joined(peer, "direction", "received"));
    f.counter("sluice_hop_retransmitted_packets", "Packets that were sent to a node once more",
        sum(links, l -> l.sent().retransmitted()), peer);
    f.counter("sluice_hop_sound_copies", "Packets of sound that were sent twice, as the way to a node is long and loses",
        sum(links, l -> l.sent().soundCopies()), peer);
    f.counter("sluice_hop_repair_requests", "Datagrams by which a node asked for packets once more",
        sum(links, l -> l.received().nacks()), peer);
    String dropped = "Packets to a node that were left out, by class";
    f.counter("sluice_hop_dropped_packets", dropped, sum(links, l -> l.sent().droppedAudio()),
        joined(peer, "class", "audio"));
    f.counter("sluice_hop_dropped_packets", dropped, sum(links, l -> l.sent().droppedRetransmissions()),
        joined(peer, "class", "retransmission"));
    f.counter("sluice_hop_dropped_packets", dropped, sum(links, l -> l.sent().droppedKeyframes()),
        joined(peer, "class", "keyframe"));
    f.counter("sluice_hop_dropped_packets", dropped, sum(links, l -> l.sent().droppedRest()),
        joined(peer, "class", "rest"));
    f.counter("sluice_hop_dropped_packets", dropped, sum(links, l -> l.transport().droppedDatagrams()),
        joined(peer, "class", "transport"));
  }

  private static void streams(Families f, Way way, List<StreamStatus> streams) {
    f.counter("sluice_hop_stream_packets", "Packets of a stream that crossed", sum(streams, StreamStatus::packets),
        way.labels());
    f.counter("sluice_hop_stream_bytes", "Bytes of them", sum(streams, StreamStatus::bytes), way.labels());
    String lost = "Packets of a stream that were lost on the way, at first and in the end";
    f.counter("sluice_hop_stream_lost_packets", lost, sum(streams, StreamStatus::lostBeforeRepair),
        way.labels("repair", "before"));
    f.counter("sluice_hop_stream_lost_packets", lost, sum(streams, StreamStatus::lostAfterRepair),
        way.labels("repair", "after"));
    f.counter("sluice_hop_stream_keyframe_requests", "Keyframes that were asked for, towards the publisher",
        sum(streams, StreamStatus::keyframeRequests), way.labels());
    long delay = streams.getFirst().delayMicros();
    if (delay >= 0) {
      f.gauge("sluice_hop_stream_delay_seconds", "One-way delay of a stream over a link, repairs included", delay / 1e6,
          way.labels());
    }
  }

  private static long crossed(LinkStatus link) {
    return link.sent().bytes() + link.received().bytes();
  }

  private static <T> long sum(List<T> of, ToLongFunction<T> what) {
    long sum = 0;
    for (T each : of) {
      sum += what.applyAsLong(each);
    }
    return sum;
  }

  private static String[] joined(String[] labels, String... more) {
    String[] all = Arrays.copyOf(labels, labels.length + more.length);
    System.arraycopy(more, 0, all, labels.length, more.length);
    return all;
  }
}
