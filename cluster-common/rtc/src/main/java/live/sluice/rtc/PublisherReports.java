package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.rtp.receive.NackTracker;
import live.sluice.rtp.receive.ReceiverStatistics;
import live.sluice.rtp.receive.RembEstimator;
import live.sluice.rtp.receive.TransportFeedbackBuilder;
import live.sluice.rtp.rtcp.ReportBlock;
import live.sluice.rtp.rtcp.RtcpWriter;
import org.jspecify.annotations.Nullable;

/** RTCP to a publisher: what arrived, what was lost, and how much more it may send. On the peer's loop. */
final class PublisherReports {
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final int MAX_BYTES = 1_500;

  private final int ownSsrc;
  private final String cname;
  private final @Nullable TransportFeedbackBuilder transportFeedback;
  private final @Nullable RembEstimator remb;
  private final long most;
  private final int[] due = new int[64];
  private long reportAtNanos;

  /**
   * To a publisher that has sent nothing yet.
   *
   * @param transportFeedback null where the peer does not want any
   * @param remb null where the peer does not want any, or estimates by itself
   * @param most what it is told to stay below where it estimates by itself, in bits a second; 0 where it does not listen
   */
  PublisherReports(
      int ownSsrc,
      String cname,
      @Nullable TransportFeedbackBuilder transportFeedback,
      @Nullable RembEstimator remb,
      long most) {
    this.ownSsrc = ownSsrc;
    this.cname = cname;
    this.transportFeedback = transportFeedback;
    this.remb = remb;
    this.most = most;
  }

  void begin(long nowNanos) {
    reportAtNanos = nowNanos + REPORT_NANOS;
  }

  /**
   * A packet came, of whatever layer.
   *
   * @param number among all of the transport; below 0 where it has none
   */
  void arrived(int number, int bytes, long nowNanos) {
    TransportFeedbackBuilder feedback = transportFeedback;
    if (feedback != null && number >= 0) {
      feedback.onPacket(number, nowNanos);
    }
    RembEstimator estimate = remb;
    if (estimate != null) {
      estimate.onPacket(bytes, nowNanos);
    }
  }

  /** Asks for what is missing, as it is due; whether some was given up, so that pictures need a keyframe. */
  boolean askForLost(Peer peer, IngestLayer layer, long nowNanos) {
    NackTracker nacks = layer.nacks();
    if (nacks.missing() > 0) {
      int count = nacks.due(nowNanos, due);
      if (count > 0 && layer.wire().nack()) {
        ByteBuf packet = peer.allocator().directBuffer(MAX_BYTES);
        try {
          RtcpWriter.nack(packet, ownSsrc, layer.ssrc(), due, count);
          peer.sendRtcp(packet);
        } finally {
          packet.release();
        }
      }
    }
    return nacks.takeKeyframeWanted();
  }

  void askForKeyframe(Peer peer, IngestLayer layer) {
    ByteBuf packet = peer.allocator().directBuffer(16);
    try {
      RtcpWriter.pli(packet, ownSsrc, layer.ssrc());
      peer.sendRtcp(packet);
    } finally {
      packet.release();
    }
  }

  /** Sends what it is time for. */
  void tick(Peer peer, List<IngestLayer> layers, long nowNanos) {
    TransportFeedbackBuilder feedback = transportFeedback;
    if (feedback != null && feedback.isDue(nowNanos)) {
      sendTransportFeedback(peer, feedback, layers.isEmpty() ? 0 : layers.getFirst().ssrc(), nowNanos);
    }
    if (nowNanos - reportAtNanos >= 0) {
      reportAtNanos = nowNanos + REPORT_NANOS;
      report(peer, layers, nowNanos);
    }
  }

  private void sendTransportFeedback(Peer peer, TransportFeedbackBuilder feedback, int media, long nowNanos) {
    ByteBuf packet = peer.allocator().directBuffer(MAX_BYTES);
    try {
      boolean more;
      do {
        packet.clear();
        more = feedback.write(packet, ownSsrc, media, nowNanos);
        if (packet.isReadable()) {
          peer.sendRtcp(packet);
        }
      } while (more);
    } finally {
      packet.release();
    }
  }

  private void report(Peer peer, List<IngestLayer> layers, long nowNanos) {
    List<ReportBlock> blocks = new ArrayList<>(layers.size());
    double worst = 0;
    for (IngestLayer layer : layers) {
      ReceiverStatistics statistics = layer.statistics();
      if (statistics.received() > 0) {
        blocks.add(statistics.report(nowNanos));
        worst = Math.max(worst, statistics.lossRate());
      }
    }
    peer.details().lost(worst);
    ByteBuf packet = peer.allocator().directBuffer(MAX_BYTES);
    try {
      RtcpWriter.receiverReport(packet, ownSsrc, blocks);
      RtcpWriter.cname(packet, ownSsrc, cname);
      RembEstimator estimate = remb;
      if (estimate != null) {
        RtcpWriter.remb(packet, ownSsrc, estimate.update(worst, nowNanos), ssrcs(layers));
      } else if (most > 0) {
        RtcpWriter.remb(packet, ownSsrc, most, ssrcs(layers));
      }
      peer.sendRtcp(packet);
    } finally {
      packet.release();
    }
  }

  private static int[] ssrcs(List<IngestLayer> layers) {
    int[] all = new int[layers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = layers.get(i).ssrc();
    }
    return all;
  }
}
