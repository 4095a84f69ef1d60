package live.sluice.rtp;

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
 */
public record RtpTrack(int index, Codec codec, int clockRate, int channels, String parameters) {
  /** Video or audio. */
  public MediaKind kind() {
    return codec.kind();
  }
}
