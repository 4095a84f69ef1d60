package live.sluice.rtp.payload;

import io.netty.buffer.ByteBufAllocator;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;

/**
 * Puts the packets of one layer of one track together to access units. Packets in order cause no delay. One that is
 * missing is waited for until the bounds of {@link DepacketizerSettings} are met; then it is given up, and of pictures
 * everything up to the next keyframe. What can't be read is lost too. Not thread-safe, without timers: time is what its
 * calls tell.
 */
public interface Depacketizer {
  /**
   * Takes a packet; duplicates and those too late are ignored.
   *
   * @param packet borrowed; retained for as long as it is needed
   * @param nowNanos the monotonic clock, in ns
   */
  void receive(RtpPacket packet, long nowNanos);

  /** Tells that a sequence number was used for padding, so that nobody waits for it. */
  void skip(int sequence, long nowNanos);

  /** Gives up what was waited for long enough; to be called now and then, such as every 20 ms. */
  void poll(long nowNanos);

  /** Releases everything that is held; nothing may follow. */
  void close();

  /** Whether there is one for that codec. */
  static boolean supports(Codec codec) {
    return Packetizer.supports(codec);
  }

  /** One for that track with the usual bounds. */
  static Depacketizer of(RtpTrack track, ByteBufAllocator allocator, AccessUnitListener listener) {
    return of(track, allocator, listener, DepacketizerSettings.DEFAULT);
  }

  /**
   * One for that track, whose format parameters may hold parameter sets ({@code sprop-parameter-sets} and the like).
   *
   * @param allocator where access units come from
   * @throws IllegalArgumentException for a codec that is not {@linkplain #supports supported}
   */
  static Depacketizer of(
      RtpTrack track, ByteBufAllocator allocator, AccessUnitListener listener, DepacketizerSettings settings) {
    return switch (track.codec()) {
      case H264, HEVC -> new PictureDepacketizer(track, new NalAssembler(track, allocator), listener, settings);
      case AV1 -> new PictureDepacketizer(track, new Av1Assembler(allocator), listener, settings);
      case OPUS, G711A, G711U -> new SoundDepacketizer(track, allocator, listener, settings);
      case VP8, VP9, AAC, MP3, OTHER_AUDIO, OTHER_VIDEO, SCRIPT ->
          throw new IllegalArgumentException("no depacketizer for " + track.codec().label());
    };
  }
}
