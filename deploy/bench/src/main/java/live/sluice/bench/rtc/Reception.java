package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.bench.measure.PacketCounts;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpResult;
import live.sluice.rtp.receive.TransportFeedbackBuilder;
import live.sluice.rtp.rtcp.ReportBlock;
import live.sluice.rtp.rtcp.RtcpListener;
import live.sluice.rtp.rtcp.RtcpReader;
import live.sluice.rtp.rtcp.RtcpWriter;
import live.sluice.rtp.rtcp.SenderReport;
import live.sluice.rtp.wire.HeaderExtensions;
import live.sluice.rtp.wire.RtpHeader;
import live.sluice.rtp.wire.Rtx;
import org.jspecify.annotations.Nullable;

/**
 * What one player makes of packets: it opens and measures them, and says what it has to say to the server. On its loop
 * alone.
 *
 * <p>A player may open all packets, or those up to its first keyframe and from then on headers alone, which is cheaper and
 * tells loss, stalls and gaps, but no latency.
 */
public final class Reception implements RtcpListener {
  private static final int PAYLOAD_TYPES = 128;
  private static final int MOST_NACKED = 256;

  private final PlayerMeter meter;
  private final PacketCounts counts;
  private final boolean opensAll;
  private final SrtpReceiver srtp;
  private final RtcpReader reader = new RtcpReader();
  private final List<ReceivedTrack> tracks = new ArrayList<>();
  private final @Nullable ReceivedTrack[] media = new @Nullable ReceivedTrack[PAYLOAD_TYPES];
  private final @Nullable ReceivedTrack[] again = new @Nullable ReceivedTrack[PAYLOAD_TYPES];
  private final @Nullable TransportFeedbackBuilder feedback;
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final String cname = Integer.toHexString(ssrc);
  private final int[] missing = new int[MOST_NACKED];
  private final boolean hasVideo;
  private long nowNanos;

  /**
   * A player that has just connected.
   *
   * @param opensAll whether it opens all packets
   */
  public Reception(
      Answer answer, SrtpReceiver srtp, PlayerMeter meter, PacketCounts counts, boolean opensAll, long nowNanos) {
    this.srtp = srtp;
    this.meter = meter;
    this.counts = counts;
    this.opensAll = opensAll;
    this.nowNanos = nowNanos;
    ClockFinder clocks = new ClockFinder();
    boolean told = false;
    for (Answer.Track agreed : answer.tracks()) {
      if (agreed.direction().sends()) {
        ReceivedTrack track = new ReceivedTrack(agreed, meter, counts, clocks, nowNanos);
        tracks.add(track);
        media[agreed.payloadType()] = track;
        if (agreed.rtxPayloadType() >= 0) {
          again[agreed.rtxPayloadType()] = track;
        }
        told |= track.transportCcId() != 0 && agreed.feedback().transportCc();
      }
    }
    feedback = told ? new TransportFeedbackBuilder() : null;
    hasVideo = tracks.stream().anyMatch(ReceivedTrack::isVideo);
  }

  /** A protected packet came; borrowed, and opened in place. */
  public void onRtp(ByteBuf packet, long now) {
    nowNanos = now;
    int header = RtpHeader.length(packet);
    ReceivedTrack track = header < 0 ? null : media[RtpHeader.payloadType(packet)];
    boolean repeated = header >= 0 && track == null;
    if (repeated) {
      track = again[RtpHeader.payloadType(packet)];
    }
    if (track == null) {
      counts.rejected();
      return;
    }
    boolean plain = opensAll || repeated || !(meter.hasKeyframe() && hasVideo);
    if (plain) {
      SrtpResult result = srtp.unprotect(packet);
      if (result == SrtpResult.REPLAY) {
        counts.duplicate();
        return;
      }
      header = result == SrtpResult.OK ? RtpHeader.payloadOffset(packet) : RtpHeader.MALFORMED;
      if (header < 0) {
        counts.rejected();
        return;
      }
    }
    meter.mediaBegins();
    number(track, packet);
    if (repeated && !unwrap(track, packet, header)) {
      return; // a probe of the path
    }
    track.onPacket(packet, header, plain, repeated, now);
  }

  private void number(ReceivedTrack track, ByteBuf packet) {
    TransportFeedbackBuilder builder = feedback;
    if (builder != null && track.transportCcId() != 0) {
      int number = HeaderExtensions.number(packet, track.transportCcId(), Short.BYTES);
      if (number >= 0) {
        builder.onPacket(number, nowNanos);
      }
    }
  }

  private static boolean unwrap(ReceivedTrack track, ByteBuf packet, int header) {
    return track.ssrc() != 0 && Rtx.unwrap(packet, header, track.ssrc(), track.agreed().payloadType());
  }

  /** A protected RTCP packet came; borrowed, and opened in place. */
  public void onRtcp(ByteBuf packet, long now) {
    nowNanos = now;
    if (srtp.unprotectRtcp(packet) == SrtpResult.OK) {
      reader.read(packet, this);
    }
  }

  @Override
  public void onSenderReport(SenderReport report) {
    for (ReceivedTrack track : tracks) {
      if (track.ssrc() == report.ssrc()) {
        track.onSenderReport(report.ntp(), nowNanos);
      }
    }
  }

  /** Whether feedback about when packets came is due. */
  public boolean isFeedbackDue(long now) {
    TransportFeedbackBuilder builder = feedback;
    return builder != null && builder.isDue(now);
  }

  /** Writes such feedback, a packet of its own; whether there is more. */
  public boolean writeFeedback(ByteBuf out, long now) {
    TransportFeedbackBuilder builder = feedback;
    return builder != null && builder.write(out, ssrc, firstSource(), now);
  }

  private int firstSource() {
    return tracks.isEmpty() ? 0 : tracks.getLast().ssrc();
  }

  /** Whether {@link #writeRequests} is to be called in 10 ms or so. */
  public boolean waits() {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).waits()) {
        return true;
      }
    }
    return false;
  }

  /** Writes what is asked for again; nothing where nothing is. */
  public void writeRequests(ByteBuf out, long now) {
    for (ReceivedTrack track : tracks) {
      int count = track.missing(missing, now);
      if (count > 0) {
        RtcpWriter.nack(out, ssrc, track.ssrc(), missing, count);
        counts.nacked(count);
      }
      if (track.takeKeyframeWanted()) {
        askForKeyframe(out, track);
      }
    }
  }

  private void askForKeyframe(ByteBuf out, ReceivedTrack track) {
    if (track.agreed().feedback().pli() && track.ssrc() != 0) {
      RtcpWriter.pli(out, ssrc, track.ssrc());
      counts.keyframeRequested();
    }
  }

  /** Writes a report, which is due each second; with a request for a keyframe where none has come yet. */
  public void writeReport(ByteBuf out, long now) {
    List<ReportBlock> blocks = new ArrayList<>();
    for (ReceivedTrack track : tracks) {
      ReportBlock block = track.report(now);
      if (block != null) {
        blocks.add(block);
      }
    }
    RtcpWriter.receiverReport(out, ssrc, blocks);
    RtcpWriter.cname(out, ssrc, cname);
    for (ReceivedTrack track : tracks) {
      if (track.isVideo() && !meter.hasKeyframe()) {
        askForKeyframe(out, track);
      }
    }
  }
}
