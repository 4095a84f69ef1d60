package live.sluice.rtp.payload;

import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/**
 * Cuts the frames of one track into RTP packets. SSRC is 0 and the payload type 96, since every player gets its own;
 * sequence numbers begin at 0 and have no gaps; the marker stands on the last packet of a picture and nowhere in sound.
 * Not thread-safe; it holds no buffers between calls.
 */
public interface Packetizer {
  /** Bytes of a payload that fit, with all headers and SRTP's tag, into 1,280 bytes of IPv6 and all tunnels known. */
  int MAX_PAYLOAD = 1188;

  /** The least payload that a packetizer can be asked for, in bytes. */
  int MIN_PAYLOAD = 64;

  /**
   * Makes the packets of one frame, in order.
   *
   * <p>All of them share one buffer, which the frame is copied to once. The first one of a keyframe is marked as such,
   * and begins with the parameter sets, from the track's configuration where the frame has none. A configuration,
   * script data, a frame of another codec and one with nothing in it give no packet.
   *
   * @param frame borrowed
   * @param timestamp of all its packets, in ticks of the track's clock
   * @param nowNanos when the packets are made, by the monotonic clock, in ns
   * @param out given each packet, and owns it from then on
   * @throws SluiceException PROTOCOL_ERROR where the track's configuration can't be read; nothing was given out then
   */
  void packetize(Frame frame, int timestamp, long nowNanos, Consumer<RtpPacket> out);

  /** Whether there is one for that codec. */
  static boolean supports(Codec codec) {
    return switch (codec) {
      case H264, HEVC, AV1, OPUS, G711A, G711U -> true;
      case VP8, VP9, AAC, MP3, OTHER_AUDIO, OTHER_VIDEO, SCRIPT -> false;
    };
  }

  /** One for that track, whose payloads have at most {@link #MAX_PAYLOAD} bytes. */
  static Packetizer of(RtpTrack track, ByteBufAllocator allocator) {
    return of(track, allocator, MAX_PAYLOAD);
  }

  /**
   * One for that track.
   *
   * @param allocator where the buffers come from; they have arrays where it has such, since SRTP is faster from these
   * @param maxPayload most bytes of a payload, at least {@link #MIN_PAYLOAD}; Opus can't be cut and may have more
   * @throws IllegalArgumentException for a codec that is not {@linkplain #supports supported}, and for too small a
   *     payload
   */
  static Packetizer of(RtpTrack track, ByteBufAllocator allocator, int maxPayload) {
    if (maxPayload < MIN_PAYLOAD) {
      throw new IllegalArgumentException("payloads of " + maxPayload + " bytes are too small");
    }
    PacketWriter writer = new PacketWriter(track, allocator);
    return switch (track.codec()) {
      case H264, HEVC -> new NalPacketizer(track.codec(), writer, maxPayload);
      case AV1 -> new Av1Packetizer(writer, maxPayload);
      case OPUS -> new OpusPacketizer(writer);
      case G711A, G711U -> new G711Packetizer(track, writer, maxPayload);
      case VP8, VP9, AAC, MP3, OTHER_AUDIO, OTHER_VIDEO, SCRIPT ->
          throw new IllegalArgumentException("no packetizer for " + track.codec().label());
    };
  }
}
