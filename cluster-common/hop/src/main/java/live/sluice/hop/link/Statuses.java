package live.sluice.hop.link;

import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.media.receive.ReceivedStatistics;
import live.sluice.hop.media.send.SentStatistics;
import live.sluice.media.MediaKind;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.rtp.RtpTrack;

/** Gathers how the streams of a link do. On the link's loop, each second. */
final class Statuses {
  private Statuses() {}

  static List<StreamStatus> of(Link link) {
    List<StreamStatus> all = new ArrayList<>();
    for (Subscription subscription : link.subscriptions()) {
      ControlMessage.Subscribed answer = subscription.answer();
      if (answer != null) {
        all.add(inbound(link, subscription, answer));
      }
    }
    for (Serving serving : link.servings()) {
      Session session = serving.session();
      if (session != null) {
        all.add(outbound(link, serving, session));
      }
    }
    return all;
  }

  private static StreamStatus inbound(Link link, Subscription subscription, ControlMessage.Subscribed answer) {
    Sum sum = new Sum();
    for (Flow flow : answer.flows()) {
      ReceivedStatistics of = link.receiver().statistics(flow.id());
      if (of != null) {
        sum.packets += of.received();
        sum.bytes += of.bytes();
        long delay = of.leastDelayNanos() < 0 ? -1 : (of.leastDelayNanos() + of.delayP50Nanos()) / 1000;
        sum.arrival(of.received(), of.lostBeforeRepair(), of.lostAfterRepair(), of.bitsPerSecond(), delay);
        sum.layer(answer.tracks(), flow, of.bitsPerSecond() > 0);
      }
    }
    return sum.status(
        subscription.key(),
        true,
        subscription.session(),
        answer.session(),
        answer.form(),
        subscription.keyframeRequests(),
        subscription.loss());
  }

  private static StreamStatus outbound(Link link, Serving serving, Session session) {
    Sum sum = new Sum();
    PacketServing packets = serving.packetServing();
    if (packets != null) {
      for (Flow flow : packets.flows()) {
        SentStatistics sent = link.sender().statistics(flow.id());
        if (sent != null) {
          sum.packets += sent.packets();
          sum.bytes += sent.bytes();
          sum.retransmitted += sent.retransmitted();
          sum.dropped += sent.dropped();
        }
        sum.layer(packets.tracks(), flow, (packets.wantedLayers() & (1 << flow.layer())) != 0);
        ControlMessage.Arrival arrival = link.flows().arrival(flow.id());
        if (arrival != null) {
          sum.arrival(
              arrival.received(),
              arrival.lostBeforeRepair(),
              arrival.lostAfterRepair(),
              arrival.bitsPerSecond(),
              arrival.delayMicros());
        }
      }
    }
    return sum.status(
        serving.asked().key(),
        false,
        session.id(),
        serving.asked().session(),
        packets != null ? MediaPath.PACKETS : MediaPath.FRAMES,
        serving.keyframeRequests(),
        serving.loss());
  }

  /** The flows of a stream, summed up. */
  private static final class Sum {
    private long packets;
    private long bytes;
    private long retransmitted;
    private long dropped;
    private long received;
    private long lostBefore;
    private long lostAfter;
    private long bitsPerSecond = -1;
    private long delayMicros = -1;
    private int layers;

    void layer(List<RtpTrack> tracks, Flow flow, boolean there) {
      if (there && tracks.get(flow.track()).kind() == MediaKind.VIDEO) {
        layers |= 1 << flow.layer();
      }
    }

    void arrival(long came, long before, long after, long bits, long delay) {
      received += came;
      lostBefore += before;
      lostAfter += after;
      bitsPerSecond = Math.max(0, bitsPerSecond) + bits;
      delayMicros = Math.max(delayMicros, delay);
    }

    StreamStatus status(
        StreamKey key,
        boolean inbound,
        String session,
        String other,
        MediaPath form,
        long keyframeRequests,
        RecentLoss loss) {
      if (bitsPerSecond >= 0) {
        loss.tell(received + lostAfter, lostBefore, lostAfter);
      }
      return new StreamStatus(
          key,
          inbound,
          session,
          other,
          form,
          layers,
          packets,
          bytes,
          lostBefore,
          lostAfter,
          retransmitted,
          dropped,
          keyframeRequests,
          loss.before(),
          loss.after(),
          bitsPerSecond,
          delayMicros);
    }
  }
}
