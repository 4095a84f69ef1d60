package live.sluice.rtc.sdp;

import java.util.Collection;
import java.util.stream.Collectors;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpTrack;

/** Which of the payload types that are there is the one to take. */
final class CodecChoice {
  private CodecChoice() {}

  /** Whether it can be carried: of VP9 only the profile that browsers show. */
  static boolean canBePublished(OfferedCodec candidate) {
    return candidate.codec() != Codec.VP9 || candidate.format().get("profile-id", "0").equals("0");
  }

  /** How many players can do with what is published so; of one codec the greater is taken. */
  static int reach(OfferedCodec candidate) {
    if (candidate.codec() != Codec.H264) {
      return 0;
    }
    FormatParameters format = candidate.format();
    int profile =
        switch (H264Profile.of(format).kind()) {
          case CONSTRAINED_BASELINE -> 2;
          case BASELINE -> 1;
          default -> 0;
        };
    return (format.is("packetization-mode", "1") ? 3 : 0) + profile;
  }

  /**
   * How well a player that offers this can play a track: 0 not at all. Of H.264 every profile is tried, the fitting
   * ones first: browsers decode more than they name; but packets are fragmented, which only mode 1 takes.
   */
  static int fit(OfferedCodec candidate, RtpTrack track) {
    if (candidate.codec() != track.codec()) {
      return 0;
    }
    FormatParameters offered = candidate.format();
    FormatParameters sent = FormatParameters.parse(track.parameters());
    return switch (track.codec()) {
      case H264 -> offered.is("packetization-mode", "1") ? fit(H264Profile.of(offered), H264Profile.of(sent)) : 0;
      case VP9 -> same(offered, sent, "profile-id", "0");
      case AV1 -> same(offered, sent, "profile", "0");
      case HEVC -> same(offered, sent, "profile-id", "1");
      default -> 1;
    };
  }

  private static int fit(H264Profile offered, H264Profile sent) {
    int profile = offered.kind() == sent.kind() ? 3 : offered.decodes(sent.kind()) ? 2 : 1;
    return 2 * profile + (offered.level() >= sent.level() ? 1 : 0);
  }

  private static int same(FormatParameters offered, FormatParameters sent, String name, String otherwise) {
    return offered.get(name, otherwise).equals(sent.get(name, otherwise)) ? 1 : 0;
  }

  /**
   * The parameters that are answered: the offer's, without those that only say how the peer sends. Who may send two
   * channels is told to do so: without it a browser sends one.
   */
  static FormatParameters answered(OfferedCodec codec) {
    FormatParameters format = codec.format();
    boolean stereo = codec.codec() == Codec.OPUS && format.is("sprop-stereo", "1");
    format.without("sprop-").without("x-google-");
    return stereo ? format.with("stereo", "1") : format;
  }

  /** Names of codecs, for a message. */
  static String names(Collection<Codec> codecs) {
    return codecs.stream().map(OfferedCodec::nameOf).sorted().collect(Collectors.joining(", "));
  }
}
