package live.sluice.bridge;

import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Packetizer;
import org.jspecify.annotations.Nullable;

/** Pictures on their way from frames to packets, in the order of their presentation. Not thread-safe. */
final class VideoToRtp {
  /** Ticks in a ms of all video tracks; RFC 6184, section 8.2.1, and its like for other codecs. */
  static final int TICKS_PER_MS = 90;

  private static final int AVC_LENGTH_SIZE = 4;
  private static final int HEVC_LENGTH_SIZE = 21;

  /** A time that is wrong once, as after a hiccup of an encoder, is no reason to refuse a stream. */
  private static final int ONCE = 1;

  private final Packetizer packetizer;
  private final PictureOrder order = new PictureOrder();
  private @Nullable Track track;
  private int lengthSize = 4;
  private boolean waiting = true;
  private long last = Long.MIN_VALUE;
  private int referenced;
  private long dropped;

  VideoToRtp(RtpTrack track, ByteBufAllocator allocator) {
    packetizer = Packetizer.of(track, allocator);
  }

  /** The next frame is of another source: nothing is sent before a keyframe. */
  void interrupt() {
    waiting = true;
    referenced = 0;
    order.reset();
  }

  /** B-frames that were left out. */
  long dropped() {
    return dropped;
  }

  /**
   * Packs a frame; borrows it.
   *
   * @return false when other pictures refer to ones that are out of order: the stream can't be had this way
   */
  boolean accept(Frame frame, long nowNanos, Consumer<RtpPacket> out) {
    if (waiting && !frame.keyframe()) {
      return true;
    }
    waiting = false;
    if (frame.discontinuity()) {
      order.reset();
    }
    if (frame.track() != track) {
      track = frame.track();
      lengthSize = lengthSize(frame.track());
    }
    switch (order.judge(frame, lengthSize)) {
      case SEND -> {}
      case DROP -> {
        dropped++;
        return true;
      }
      case REFERENCED -> {
        if (++referenced > ONCE) {
          return false;
        }
      }
    }
    // Whatever a publisher stamps, a player's clock goes on.
    last = Math.max(frame.pts(), last + 1);
    packetizer.packetize(frame, (int) (last * TICKS_PER_MS), nowNanos, out);
    return true;
  }

  private static int lengthSize(Track track) {
    int at = track.codec() == Codec.HEVC ? HEVC_LENGTH_SIZE : AVC_LENGTH_SIZE;
    return track.config().length > at ? (track.config()[at] & 3) + 1 : 4;
  }
}
