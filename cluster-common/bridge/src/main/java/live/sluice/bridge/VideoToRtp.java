package live.sluice.bridge;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import live.sluice.bridge.video.VideoEngine;
import live.sluice.bridge.video.VideoOutput;
import live.sluice.bridge.video.VideoTranscoder;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Packetizer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures on their way from frames to packets, in the order of their presentation: as they are, without the B-frames
 * that nothing refers to, or encoded anew where it can't be had otherwise and is asked for. It belongs to the stream's
 * loop, and is to be closed.
 */
final class VideoToRtp implements VideoOutput, AutoCloseable {
  /** Ticks in a second of all video tracks; RFC 6184, section 8.2.1, and its like for other codecs. */
  static final int CLOCK_RATE = 90_000;

  private static final int TICKS_PER_MS = CLOCK_RATE / 1000;
  private static final int AVC_LENGTH_SIZE = 4;
  private static final int HEVC_LENGTH_SIZE = 21;

  /** A time that is wrong once, as after a hiccup of an encoder, is no reason to refuse a stream. */
  static final int ONCE = 1;

  /** Why a stream is refused whose pictures are not in order. */
  static final String NOT_IN_ORDER =
      "its pictures are not in order (B-frames that others refer to), which WebRTC can't carry: publish without"
          + " B-frames, or without using them as references";

  /** How many pictures are kept to be encoded anew from their beginning; who uses B-frames does so sooner. */
  private static final int MAX_KEPT = 150;

  /** Whom it works for. */
  interface Host extends TrackOutput {
    /** The packets that follow are of another track. */
    void onTrackReplaced(RtpTrack track);

    /** The source's pictures can't be had. */
    void onRefused(ErrorCode code, String why);
  }

  private final Host host;
  private final Executor loop;
  private final @Nullable VideoEngine engine;
  private final ByteBufAllocator allocator;
  private final PictureOrder order = new PictureOrder();
  private final List<Frame> kept = new ArrayList<>();
  private RtpTrack target;
  private Packetizer packetizer;
  private @Nullable VideoTranscoder transcoder;
  private @Nullable Track track;
  private int lengthSize = 4;
  private boolean waiting = true;
  private boolean keeps;
  private long last = Long.MIN_VALUE;
  private int referenced;
  private long dropped;

  /** {@code engine}: null where nothing is to be encoded anew. */
  VideoToRtp(
      RtpTrack target, Host host, Executor loop, @Nullable VideoEngine engine, ByteBufAllocator allocator) {
    this.target = target;
    this.host = host;
    this.loop = loop;
    this.engine = engine;
    this.allocator = allocator;
    packetizer = Packetizer.of(target, allocator);
  }

  /** Whether frames of that codec can be given to it. */
  boolean takes(Codec codec) {
    return transcoder == null ? codec == target.codec() : track != null && codec == track.codec();
  }

  /** The next frame is of another source: nothing is sent before a keyframe. */
  void interrupt() {
    stopTranscoding();
    waiting = true;
    referenced = 0;
    order.reset();
  }

  /** B-frames that were left out. */
  long dropped() {
    return dropped;
  }

  /** Asks for a keyframe; false where the publisher alone decides on that. */
  boolean requestKeyframe() {
    VideoTranscoder through = transcoder;
    if (through != null) {
      through.requestKeyframe();
    }
    return through != null;
  }

  /** Takes a frame; borrows it. */
  void accept(Frame frame) {
    VideoTranscoder through = transcoder;
    if (through != null) {
      through.put(frame);
      return;
    }
    if (waiting && !frame.keyframe()) {
      return;
    }
    keep(frame);
    waiting = false;
    if (frame.discontinuity()) {
      order.reset();
    }
    if (frame.track() != track) {
      track = frame.track();
      lengthSize = lengthSize(frame.track());
    }
    switch (order.judge(frame, lengthSize)) {
      case SEND -> send(frame);
      case DROP -> dropped++;
      case REFERENCED -> {
        if (++referenced > ONCE) {
          encodeAnew();
        } else {
          send(frame);
        }
      }
    }
  }

  private void send(Frame frame) {
    // Whatever a publisher stamps, a player's clock goes on.
    last = Math.max(frame.pts(), last + 1);
    try {
      packetizer.packetize(frame, (int) (last * TICKS_PER_MS), host.arrival(frame.pts()), host::onPacket);
    } catch (SluiceException e) {
      host.onRefused(e.code(), SluiceException.chainOf(e));
    }
  }

  /** Keeps the first GOP, so that it can be encoded anew when its order turns out wrong. */
  private void keep(Frame frame) {
    if (engine == null) {
      return;
    }
    if (waiting) {
      keeps = true;
    } else if (frame.keyframe() || kept.size() == MAX_KEPT) {
      letGo();
    }
    if (keeps) {
      kept.add(frame.retain());
    }
  }

  private void letGo() {
    keeps = false;
    kept.forEach(Frame::release);
    kept.clear();
  }

  private void encodeAnew() {
    VideoEngine by = engine;
    if (by == null) {
      host.onRefused(ErrorCode.B_FRAMES, NOT_IN_ORDER);
      return;
    }
    VideoTranscoder opened = by.open(loop, this);
    if (opened == null) {
      host.onRefused(
          ErrorCode.B_FRAMES,
          "its pictures are not in order (B-frames that others refer to), and this node encodes as many streams anew"
              + " as it can");
      return;
    }
    transcoder = opened;
    kept.forEach(opened::put);
    letGo();
    if (target.codec() != Codec.H264) {
      target = new RtpTrack(target.index(), Codec.H264, CLOCK_RATE, 0, FormatParameters.H264_ANY);
      packetizer = Packetizer.of(target, allocator);
      host.onTrackReplaced(target);
    }
  }

  @Override
  public void onPicture(Frame frame) {
    send(frame);
    frame.release();
  }

  @Override
  public void onVideoFailed(ErrorCode code, String why) {
    host.onRefused(code, why);
  }

  private void stopTranscoding() {
    VideoTranscoder old = transcoder;
    transcoder = null;
    if (old != null) {
      old.close();
    }
    letGo();
  }

  @Override
  public void close() {
    stopTranscoding();
  }

  /** Bytes of the length before each NAL unit of that track's pictures. */
  static int lengthSize(Track track) {
    int at = track.codec() == Codec.HEVC ? HEVC_LENGTH_SIZE : AVC_LENGTH_SIZE;
    return track.config().length > at ? (track.config()[at] & 3) + 1 : 4;
  }
}
