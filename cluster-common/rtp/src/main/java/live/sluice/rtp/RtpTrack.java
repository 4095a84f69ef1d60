package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;

/**
 * One track of a stream of packets, as its publisher offered it.
 *
 * @param index its place among the stream's tracks, from 0
 * @param codec the codec
 * @param clockRate ticks of its timestamps in a second, in Hz: 90,000 for pictures
 * @param channels of sound; 0 for pictures
 * @param parameters the codec's format parameters as SDP has them behind {@code a=fmtp}, such as {@code
 *     profile-level-id=42e01f;packetization-mode=1}; empty where it has none
 * @param layers names of its simulcast layers, from the least to the best; empty where it has one without a name
 */
public record RtpTrack(
    int index, Codec codec, int clockRate, int channels, String parameters, List<String> layers) {

  /** Keeps the list as it is now. */
  public RtpTrack {
    layers = List.copyOf(layers);
  }

  /** A track of one layer. */
  public RtpTrack(int index, Codec codec, int clockRate, int channels, String parameters) {
    this(index, codec, clockRate, channels, parameters, List.of());
  }

  /** Video or audio. */
  public MediaKind kind() {
    return codec.kind();
  }

  /** Whether these are tracks of the same codecs, whatever their order. */
  static boolean haveSameCodecs(List<RtpTrack> some, List<RtpTrack> others) {
    return some.size() == others.size() && haveEachCodec(some, others);
  }

  /** Whether there is one of {@code tracks} for each one that is wanted, of its codec. */
  static boolean haveEachCodec(List<RtpTrack> tracks, List<RtpTrack> wanted) {
    List<Codec> left = new ArrayList<>();
    tracks.forEach(track -> left.add(track.codec()));
    for (RtpTrack track : wanted) {
      if (!left.remove(track.codec())) {
        return false;
      }
    }
    return true;
  }
}
