package live.sluice.rtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.rtc.sdp.IncomingTrack;
import live.sluice.rtc.sdp.PublishNegotiation;
import live.sluice.rtc.sdp.Source;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.receive.RembEstimator;
import live.sluice.rtp.receive.TransportFeedbackBuilder;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted offer of a publisher means for the media side.
 *
 * @param tracks of the stream
 * @param ingest takes them from the peer
 */
record PublishPlan(List<RtpTrack> tracks, Ingest ingest) {
  private static final long LEAST_BITRATE = 100_000;
  private static final long FIRST_BITRATE = 2_500_000;

  static PublishPlan of(PublishNegotiation offer, String agent, RtcSettings settings) {
    List<RtpTrack> tracks = new ArrayList<>();
    List<IngestWire> wires = new ArrayList<>();
    boolean transportCc = false;
    boolean remb = false;
    for (IncomingTrack incoming : offer.tracks()) {
      tracks.add(incoming.track());
      wires.add(wire(incoming));
      transportCc |= incoming.feedback().transportCc();
      remb |= incoming.feedback().remb();
    }
    long most = settings.maxBitrate();
    RembEstimator estimator =
        remb && !transportCc ? new RembEstimator(LEAST_BITRATE, Math.min(FIRST_BITRATE, most), most) : null;
    TransportFeedbackBuilder feedback = transportCc ? new TransportFeedbackBuilder() : null;
    PublisherReports reports =
        new PublisherReports(ThreadLocalRandom.current().nextInt(), "sluice", feedback, estimator, remb ? most : 0);
    Ingest ingest = new Ingest(wires, extensions(offer.tracks()), heeds(agent), reports);
    return new PublishPlan(List.copyOf(tracks), ingest);
  }

  /** FFmpeg's WHIP takes no notice of requests for keyframes. */
  private static boolean heeds(String agent) {
    return !agent.toLowerCase(Locale.ROOT).startsWith("lavf");
  }

  private static IngestWire wire(IncomingTrack incoming) {
    @Nullable Source source = incoming.sources().size() == 1 ? incoming.sources().getFirst() : null;
    Integer rtx = source == null ? null : source.rtxSsrc();
    return new IngestWire(
        incoming.track(),
        incoming.payloadType(),
        incoming.rtxPayloadType(),
        incoming.mid(),
        incoming.track().layers(),
        source == null ? 0 : source.ssrc(),
        rtx == null ? 0 : rtx,
        incoming.feedback().nack(),
        incoming.feedback().pli() || incoming.feedback().fir());
  }

  private static IngestExtensions extensions(List<IncomingTrack> tracks) {
    return new IngestExtensions(
        id(tracks, HeaderExtension.MID),
        id(tracks, HeaderExtension.RID),
        id(tracks, HeaderExtension.REPAIRED_RID),
        id(tracks, HeaderExtension.TRANSPORT_CC));
  }

  /** In a bundle one number means one extension. */
  private static int id(List<IncomingTrack> tracks, HeaderExtension extension) {
    for (IncomingTrack track : tracks) {
      int id = track.extensions().id(extension);
      if (id != 0) {
        return id;
      }
    }
    return 0;
  }
}
