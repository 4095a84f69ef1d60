package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import java.util.List;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.ReportBlock;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.RtcpWriter;
import live.sluice.rtp.rtcp.SenderReport;
import live.sluice.rtp.rtcp.TransportFeedback;
import live.sluice.rtp.send.BandwidthEstimator;
import org.jspecify.annotations.Nullable;

/** RTCP with a player: what it asks for and tells, and the sender reports that it gets. On the player's loop. */
final class PlayerReports implements RtcpListener {
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final long FIRST_REPORT_NANOS = 100_000_000L;

  private final Peer peer;
  private final RtpStream stream;
  private final EgressTrack[] tracks;
  private final PacketSender sender;
  private final @Nullable BandwidthEstimator estimator;
  private final String cname;
  private final RtcpReader reader = new RtcpReader();
  private boolean begun;
  private long reportAtNanos;
  private int fractionLost = -1; // of 256 packets of pictures, as its last report told

  PlayerReports(
      Peer peer,
      RtpStream stream,
      EgressTrack[] tracks,
      PacketSender sender,
      @Nullable BandwidthEstimator estimator,
      String cname) {
    this.peer = peer;
    this.stream = stream;
    this.tracks = tracks;
    this.sender = sender;
    this.estimator = estimator;
    this.cname = cname;
  }

  /** Takes a plain packet, which stays the caller's. */
  void read(ByteBuf packet) {
    reader.read(packet, this);
  }

  // ---- what it asks for ----

  @Override
  public void onNack(int mediaSsrc, int sequence) {
    EgressTrack track = trackOf(mediaSsrc);
    RtpPacket packet = track == null ? null : track.find(sequence);
    if (track != null && packet != null && sender.isReady()) {
      sender.resend(track, packet, sequence);
    }
  }

  private @Nullable EgressTrack trackOf(int ssrc) {
    for (EgressTrack track : tracks) {
      if (track.wire().ssrc() == ssrc) {
        return track;
      }
    }
    return null;
  }

  @Override
  public void onPli(int mediaSsrc) {
    EgressTrack track = trackOf(mediaSsrc);
    if (track != null) {
      stream.requestKeyframe(Math.max(0, track.layer()));
    }
  }

  @Override
  public void onFir(int mediaSsrc, int number) {
    onPli(mediaSsrc);
  }

  // ---- what it tells ----

  @Override
  public void onReportBlock(int reporter, ReportBlock block) {
    EgressTrack track = trackOf(block.ssrc());
    if (track == null) {
      return;
    }
    long now = peer.ticker().nanos();
    track.roundTrip().onReport(block, ntpOf(track, now));
    if (track.track().kind() == MediaKind.VIDEO) {
      fractionLost = block.fractionLost();
      BandwidthEstimator estimate = estimator;
      if (estimate != null) {
        estimate.onReceiverReport(block.fractionLost(), track.roundTrip().lastNanos(), now);
      }
    }
  }

  @Override
  public void onTransportFeedback(TransportFeedback feedback) {
    BandwidthEstimator estimate = estimator;
    if (estimate == null) {
      return;
    }
    estimate.beginFeedback(peer.ticker().nanos());
    for (int i = 0; i < feedback.count(); i++) {
      int sequence = feedback.baseSequence() + i & 0xffff;
      if (feedback.received(i)) {
        estimate.onArrived(sequence, feedback.arrivalTicks(i) * (TransportFeedback.TICK_NANOS / 1_000));
      } else {
        estimate.onMissing(sequence);
      }
    }
    estimate.endFeedback();
  }

  @Override
  public void onRemb(long bitsPerSecond) {
    BandwidthEstimator estimate = estimator;
    if (estimate != null) {
      estimate.onRemb(bitsPerSecond, peer.ticker().nanos());
    }
  }

  // ---- what it is told ----

  /** Sends sender reports where it is time. */
  void tick(long nowNanos) {
    if (!begun) {
      begun = true;
      reportAtNanos = nowNanos + FIRST_REPORT_NANOS;
    } else if (nowNanos - reportAtNanos >= 0) {
      reportAtNanos = nowNanos + REPORT_NANOS;
      for (EgressTrack track : tracks) {
        if (track.isStarted()) {
          report(track, nowNanos);
        }
      }
      describe();
    }
  }

  private void describe() {
    PeerDetails details = peer.details();
    if (fractionLost >= 0) {
      details.lost(fractionLost / 256.0);
    }
    for (EgressTrack track : tracks) {
      if (track.track().kind() == MediaKind.VIDEO || tracks.length == 1) {
        details.roundTrip(track.roundTrip().nanos());
      }
      if (track.isStarted() && track.track().layers().size() > 1) {
        details.layer(track.track().layers().get(track.layer()));
      }
    }
  }

  private @Nullable RtpClock clockOf(EgressTrack track) {
    return stream.clock(track.track().index(), Math.max(0, track.layer()));
  }

  /**
   * What the player is told that the time is. Of a track whose clock the publisher has told, that clock gone on, so that
   * tracks keep their distance; by this node's wall clock, which it is for tracks of which nothing was told yet.
   */
  private long ntpOf(EgressTrack track, long nowNanos) {
    RtpClock clock = clockOf(track);
    if (clock == null) {
      return Ntp.ofWallMillis(peer.ticker().wallMillis());
    }
    long passed = nowNanos - clock.nanos();
    long seconds = passed / 1_000_000_000L;
    long fraction = ((passed % 1_000_000_000L) << 32) / 1_000_000_000L;
    return clock.ntp() + stream.clockShift() + (seconds << 32) + fraction;
  }

  private void report(EgressTrack track, long nowNanos) {
    RtpClock clock = clockOf(track);
    int timestamp = clock == null ? track.timestampAt(nowNanos) : track.timestampAt(clock, nowNanos);
    SenderReport report =
        new SenderReport(
            track.wire().ssrc(), ntpOf(track, nowNanos), timestamp, track.packets(), track.octets());
    ByteBuf packet = peer.allocator().directBuffer(128);
    try {
      RtcpWriter.senderReport(packet, report, List.of());
      RtcpWriter.cname(packet, track.wire().ssrc(), cname);
      peer.sendRtcp(packet);
    } finally {
      packet.release();
    }
  }
}
