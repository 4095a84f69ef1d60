package live.sluice.rtp;

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

  /** Whether these are of the same codecs, one by one. */
  static boolean haveSameCodecs(List<RtpTrack> some, List<RtpTrack> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      if (some.get(i).codec() != others.get(i).codec()) {
        return false;
      }
    }
    return true;
  }
}
