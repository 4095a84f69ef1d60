package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.HeaderExtension;
import org.jspecify.annotations.Nullable;

/**
 * An offer of somebody who publishes (WHIP), and what is taken of it. Each section is served or the whole offer is
 * refused; of a section's codecs the first is taken that can be carried.
 */
public final class PublishNegotiation {
  /** All codecs that can be carried. */
  public static final Set<Codec> ALL_CODECS =
      Set.of(
          Codec.H264,
          Codec.HEVC,
          Codec.VP8,
          Codec.VP9,
          Codec.AV1,
          Codec.OPUS,
          Codec.G711A,
          Codec.G711U);

  private static final Set<HeaderExtension> EXTENSIONS =
      EnumSet.of(
          HeaderExtension.MID,
          HeaderExtension.RID,
          HeaderExtension.REPAIRED_RID,
          HeaderExtension.ABS_SEND_TIME,
          HeaderExtension.TRANSPORT_CC);

  private final Offer offer;
  private final Set<Codec> codecs;
  private final List<AnsweredSection> sections = new ArrayList<>();
  private final List<IncomingTrack> tracks = new ArrayList<>();

  private PublishNegotiation(Offer offer, Set<Codec> codecs) {
    this.offer = offer;
    this.codecs = codecs;
  }

  /**
   * Reads an offer.
   *
   * @param codecs those that may be published
   * @throws SluiceException SDP_INVALID if it contradicts itself, SDP_UNSUPPORTED if a section can't be served
   */
  public static PublishNegotiation of(SessionDescription offer, Set<Codec> codecs) {
    PublishNegotiation negotiation = new PublishNegotiation(Offer.of(offer), codecs);
    for (MediaSection section : offer.sections()) {
      negotiation.sections.add(negotiation.answer(section));
    }
    if (negotiation.tracks.isEmpty()) {
      throw Refusal.unsupported(offer.sections().getFirst(), "sends nothing, nor does another one");
    }
    return negotiation;
  }

  /** The tracks that are published, by their index. */
  public List<IncomingTrack> tracks() {
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
    if (section.rejected()) {
      return AnsweredSection.rejected(section);
    }
    boolean known = section.media().equals("audio") || section.media().equals("video");
    if (!known || !section.overDtls()) {
      throw Refusal.unsupported(
          section, "can't be served: only sound and pictures by RTP are, not " + Refusal.quote(section.protocol()));
    }
    Offer.requireMux(section);
    if (section.direction() == Direction.INACTIVE) {
      return AnsweredSection.inactive(section);
    }
    if (!section.direction().sends()) {
      throw Refusal.unsupported(section, "is " + section.direction().attribute() + ", and publishing is sending");
    }
    return take(section);
  }

  private AnsweredSection take(MediaSection section) {
    if (tracks.size() == RtpStream.MAX_TRACKS) {
      throw Refusal.unsupported(section, "is one too many: " + RtpStream.MAX_TRACKS + " tracks are taken");
    }
    OfferedCodecs offered = OfferedCodecs.of(section);
    OfferedCodec chosen = choose(section, offered);
    Codec codec = chosen == null ? null : chosen.codec();
    if (chosen == null || codec == null) {
      throw Refusal.unsupported(
          section, "has no codec that is taken here (" + CodecChoice.names(codecs) + "): it offers " + offered.names());
    }
    OfferedCodec rtx = offered.rtxOf(chosen);
    ExtensionIds extensions = ExtensionIds.of(section).only(EXTENSIONS);
    Feedback feedback =
        extensions.has(HeaderExtension.TRANSPORT_CC) ? chosen.feedback() : chosen.feedback().withoutTransportCc();
    List<String> layers = Layers.of(section);
    if (layers.size() > 1 && !extensions.has(HeaderExtension.RID)) {
      throw Refusal.unsupported(section, "has layers, and no extmap of " + HeaderExtension.RID.uri());
    }
    int channels = section.media().equals("audio") ? chosen.channels() : 0;
    tracks.add(
        new IncomingTrack(
            new RtpTrack(
                tracks.size(),
                codec,
                chosen.clockRate(),
                channels,
                chosen.parameters(),
                Layers.leastFirst(layers, offer.description().originUser())),
            section.mid(),
            chosen.payloadType(),
            rtx == null ? IncomingTrack.NO_RTX : rtx.payloadType(),
            extensions,
            feedback,
            Sources.of(section),
            streamId(section)));
    AnsweredSection answer = AnsweredSection.live(section, Direction.RECVONLY, extensions);
    answer.codec(chosen, rtx, feedback, CodecChoice.answered(chosen).toString());
    if (!layers.isEmpty()) {
      for (String layer : layers) {
        answer.lines().add("rid:" + layer + " recv");
      }
      if (section.has("simulcast")) {
        answer.lines().add("simulcast:recv " + String.join(";", layers));
      }
    }
    return answer;
  }

  private @Nullable OfferedCodec choose(MediaSection section, OfferedCodecs offered) {
    OfferedCodec first = null;
    for (OfferedCodec candidate : offered.all()) {
      Codec codec = candidate.codec();
      if (codec == null || !codecs.contains(codec) || !CodecChoice.canBePublished(candidate)) {
        continue;
      }
      if (!codec.kind().name().equalsIgnoreCase(section.media())) {
        throw Refusal.unsupported(section, "offers " + candidate.mapping());
      }
      if (first == null) {
        first = candidate;
      } else if (codec == first.codec() && CodecChoice.reach(candidate) > CodecChoice.reach(first)) {
        // Of one codec's profiles the one that most players have.
        first = candidate;
      }
    }
    return first;
  }

  private static String streamId(MediaSection section) {
    SdpAttribute msid = section.find("msid");
    if (msid == null) {
      return "";
    }
    String stream = msid.value().split(" ", 2)[0];
    return stream.equals("-") ? "" : stream;
  }
}
