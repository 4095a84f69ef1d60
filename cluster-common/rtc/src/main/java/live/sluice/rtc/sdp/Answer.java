package live.sluice.rtc.sdp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer, as a client reads it.
 *
 * @param transport the server's side of the transport
 * @param dtlsClient whether the client begins the DTLS handshake
 * @param tracks those that carry media, in order
 */
public record Answer(PeerTransport transport, boolean dtlsClient, List<Track> tracks) {
  /**
   * A track that was agreed upon.
   *
   * @param mid of its section; empty where it has none
   * @param codec the first that was taken
   * @param payloadType of its packets
   * @param rtxPayloadType of those that are sent again; {@link IncomingTrack#NO_RTX} without RTX
   * @param direction which way it goes, from the server's side
   * @param parameters the codec's
   * @param extensions by which numbers its packets carry extensions
   * @param feedback what may be sent about it
   * @param sources of the server, as the answer names them
   */
  public record Track(
      String mid,
      Codec codec,
      int payloadType,
      int rtxPayloadType,
      Direction direction,
      String parameters,
      ExtensionIds extensions,
      Feedback feedback,
      List<Source> sources) {}

  /**
   * Reads an answer.
   *
   * @throws SluiceException SDP_INVALID if it breaks the format, SDP_UNSUPPORTED if nothing was agreed upon
   */
  public static Answer parse(String text) {
    SessionDescription description = SessionDescription.parse(text);
    MediaSection first = null;
    List<Track> tracks = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (MediaSection section : description.sections()) {
      if (section.rejected() || !section.overDtls()) {
        continue;
      }
      first = first == null ? section : first;
      for (SdpAttribute candidate : section.all("candidate")) {
        candidates.add("candidate:" + candidate.value());
      }
      Track track = section.direction() == Direction.INACTIVE ? null : track(section);
      if (track != null) {
        tracks.add(track);
      }
    }
    if (first == null || tracks.isEmpty()) {
      throw Refusal.invalid("the answer takes no section");
    }
    PeerTransport told = PeerTransport.of(description, first);
    PeerTransport transport =
        new PeerTransport(
            told.ufrag(),
            told.password(),
            told.fingerprint(),
            told.setup(),
            candidates.stream().distinct().toList(),
            told.lite());
    return new Answer(transport, told.setup() != Setup.ACTIVE, List.copyOf(tracks));
  }

  private static @Nullable Track track(MediaSection section) {
    OfferedCodecs codecs = OfferedCodecs.of(section);
    for (OfferedCodec candidate : codecs.all()) {
      Codec codec = candidate.codec();
      if (codec != null) {
        OfferedCodec rtx = codecs.rtxOf(candidate);
        return new Track(
            section.mid(),
            codec,
            candidate.payloadType(),
            rtx == null ? IncomingTrack.NO_RTX : rtx.payloadType(),
            section.direction(),
            candidate.parameters(),
            ExtensionIds.of(section),
            candidate.feedback(),
            Sources.of(section));
      }
    }
    return null;
  }
}
