package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/**
 * An offer of somebody who plays (WHEP), and what of a stream is sent by it. The player can't be asked again: it takes
 * the stream's codecs or is refused. Sections for which the stream has nothing stay, inactive.
 */
public final class PlayNegotiation {
  private static final Set<HeaderExtension> EXTENSIONS =
      EnumSet.of(
          HeaderExtension.MID,
          HeaderExtension.ABS_SEND_TIME,
          HeaderExtension.TRANSPORT_CC,
          HeaderExtension.PLAYOUT_DELAY);

  /** Those that differ each time a packet is sent. */
  private static final Set<HeaderExtension> VARYING =
      EnumSet.of(HeaderExtension.ABS_SEND_TIME, HeaderExtension.TRANSPORT_CC);

  private final Offer offer;
  private final PlaySources sources;
  private final Set<Integer> ssrcs = PlaySources.none();
  private final List<RtpTrack> waiting;
  private final List<AnsweredSection> sections = new ArrayList<>();
  private final List<OutgoingTrack> tracks = new ArrayList<>();

  private PlayNegotiation(Offer offer, List<RtpTrack> tracks, PlaySources sources) {
    this.offer = offer;
    this.waiting = new ArrayList<>(tracks);
    this.sources = sources;
  }

  /**
   * Reads an offer.
   *
   * @param tracks the stream's, of which the first of each kind is sent, and the others while there are sections
   * @throws SluiceException SDP_INVALID if it contradicts itself, SDP_UNSUPPORTED if nothing can be sent by it,
   *     NO_COMMON_CODEC if it takes other codecs than the stream has
   */
  public static PlayNegotiation of(SessionDescription offer, List<RtpTrack> tracks, PlaySources sources) {
    PlayNegotiation negotiation = new PlayNegotiation(Offer.of(offer), tracks, sources);
    for (MediaSection section : offer.sections()) {
      negotiation.sections.add(negotiation.answer(section));
    }
    if (negotiation.tracks.isEmpty()) {
      throw Refusal.unsupported(
          offer.sections().getFirst(),
          "takes nothing of what the stream has, nor does another one; it has "
              + CodecChoice.names(tracks.stream().map(RtpTrack::codec).toList()));
    }
    return negotiation;
  }

  /** The tracks that are sent, in the offer's order. */
  public List<OutgoingTrack> tracks() {
    return List.copyOf(tracks);
  }

  /** The peer's side of the transport. */
  public PeerTransport transport() {
    return offer.transport();
  }

  /** Whether this side begins the DTLS handshake. */
  public boolean dtlsClient() {
    return offer.transport().setup().answer() == Setup.ACTIVE;
  }

  /** The answer. */
  public String answer(LocalTransport local) {
    return AnswerWriter.write(offer, local, sections);
  }

  private AnsweredSection answer(MediaSection section) {
    MediaKind kind =
        switch (section.media()) {
          case "audio" -> MediaKind.AUDIO;
          case "video" -> MediaKind.VIDEO;
          default -> MediaKind.DATA;
        };
    if (section.rejected() || kind == MediaKind.DATA || !section.overDtls()) {
      return AnsweredSection.rejected(section);
    }
    Offer.requireMux(section);
    RtpTrack track = section.direction().receives() ? next(kind) : null;
    return track == null ? AnsweredSection.inactive(section) : send(section, track);
  }

  private @Nullable RtpTrack next(MediaKind kind) {
    for (RtpTrack track : waiting) {
      if (track.kind() == kind) {
        waiting.remove(track);
        return track;
      }
    }
    return null;
  }

  private AnsweredSection send(MediaSection section, RtpTrack track) {
    OfferedCodecs offered = OfferedCodecs.of(section);
    OfferedCodec chosen = choose(offered, track);
    if (chosen == null) {
      String parameters = track.parameters().isEmpty() ? "" : " (" + track.parameters() + ")";
      throw new SluiceException(
          ErrorCode.NO_COMMON_CODEC,
          "the stream has " + OfferedCodec.nameOf(track.codec()) + parameters + ", and " + section.title()
              + " takes " + offered.names());
    }
    OfferedCodec rtx = offered.rtxOf(chosen);
    ExtensionIds extensions = ExtensionIds.of(section).only(EXTENSIONS);
    Feedback feedback = chosen.feedback();
    if (feedback.nack() && rtx == null) {
      // What is asked for again must then be the same to the last byte, see SrtpSender: nothing in it may vary.
      extensions = extensions.without(VARYING);
    }
    if (!extensions.has(HeaderExtension.TRANSPORT_CC)) {
      feedback = feedback.withoutTransportCc();
    } else if (feedback.transportCc()) {
      // One estimate is enough, and each extension is bytes in every packet.
      feedback = feedback.withoutRemb();
      extensions = extensions.without(EnumSet.of(HeaderExtension.ABS_SEND_TIME));
    }
    int ssrc = sources.next(ssrcs);
    int rtxSsrc = rtx == null ? 0 : sources.next(ssrcs);
    tracks.add(
        new OutgoingTrack(
            track,
            section.mid(),
            chosen.payloadType(),
            rtx == null ? IncomingTrack.NO_RTX : rtx.payloadType(),
            ssrc,
            rtxSsrc,
            extensions,
            feedback));
    AnsweredSection answer = AnsweredSection.live(section, Direction.SENDONLY, extensions);
    answer.codec(chosen, rtx, feedback, parameters(chosen, track));
    addSources(answer, track, ssrc, rtx == null ? null : rtxSsrc);
    return answer;
  }

  private static @Nullable OfferedCodec choose(OfferedCodecs offered, RtpTrack track) {
    OfferedCodec best = null;
    int bestFit = 0;
    for (OfferedCodec candidate : offered.all()) {
      int fit = CodecChoice.fit(candidate, track);
      if (fit > bestFit) {
        best = candidate;
        bestFit = fit;
      }
    }
    return best;
  }

  private static String parameters(OfferedCodec chosen, RtpTrack track) {
    FormatParameters answered = CodecChoice.answered(chosen);
    FormatParameters sent = FormatParameters.parse(track.parameters());
    if (sent.is("stereo", "1") || sent.is("sprop-stereo", "1")) {
      answered.with("sprop-stereo", "1");
    }
    return answered.toString();
  }

  private void addSources(AnsweredSection answer, RtpTrack track, int ssrc, @Nullable Integer rtxSsrc) {
    String msid = "msid:" + sources.streamId() + ' ' + sources.streamId() + '-' + track.index();
    String primary = Integer.toUnsignedString(ssrc);
    answer.lines().add(msid);
    if (rtxSsrc != null) {
      answer.lines().add("ssrc-group:FID " + primary + ' ' + Integer.toUnsignedString(rtxSsrc));
    }
    answer.lines().add("ssrc:" + primary + " cname:" + sources.cname());
    answer.lines().add("ssrc:" + primary + ' ' + msid);
    if (rtxSsrc != null) {
      answer.lines().add("ssrc:" + Integer.toUnsignedString(rtxSsrc) + " cname:" + sources.cname());
      answer.lines().add("ssrc:" + Integer.toUnsignedString(rtxSsrc) + ' ' + msid);
    }
  }
}
