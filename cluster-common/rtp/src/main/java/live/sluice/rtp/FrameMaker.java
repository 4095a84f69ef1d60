package live.sluice.rtp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import live.sluice.media.Publication;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Has a bridge make frames of a stream's packets, while somebody wants them. Players of frames begin at keyframes, and
 * segments of HLS too: browsers make none unless they are asked. On the stream's loop.
 */
final class FrameMaker {
  /** How far apart keyframes are that are asked for, in ms. */
  private static final long KEYFRAME_MS = 2_000;

  private final EventLoop loop;
  private final Ticker ticker;
  private final RtpBridge bridge;
  private final PacketGop gop;
  private final KeyframeRequests requests;
  private RtpBridge.@Nullable Frames frames;
  private @Nullable Future<?> keyframes;

  /**
   * Makes none yet.
   *
   * @param gop tells when the last keyframe came
   * @param requests asks for another one
   */
  FrameMaker(EventLoop loop, Ticker ticker, RtpBridge bridge, PacketGop gop, KeyframeRequests requests) {
    this.loop = loop;
    this.ticker = ticker;
    this.bridge = bridge;
    this.gop = gop;
    this.requests = requests;
  }

  /** Whether frames are made. */
  boolean works() {
    return frames != null;
  }

  /**
   * Begins.
   *
   * @param feed brings the packets
   * @param publication gets the frames
   * @param requestKeyframe asks for a keyframe of a layer
   */
  void begin(RtpFeed feed, Publication publication, IntConsumer requestKeyframe) {
    RtpBridge.Frames begun = bridge.toFrames(publication, feed.tracks(), requestKeyframe);
    frames = begun;
    for (RtpTrack track : feed.tracks()) {
      for (int layer = 0; layer < RtpStream.MAX_LAYERS; layer++) {
        RtpClock clock = feed.clock(track.index(), layer);
        if (clock != null) {
          begun.clock(track, layer, clock);
        }
      }
    }
    keyframes = loop.scheduleAtFixedRate(this::askForKeyframe, KEYFRAME_MS, KEYFRAME_MS, TimeUnit.MILLISECONDS);
  }

  /** Where one came by itself, or for somebody else, none is asked for. */
  private void askForKeyframe() {
    if (gop.age(ticker.nanos()) > KEYFRAME_MS * 1_000_000 * 3 / 4) {
      requests.request();
    }
  }

  /** A packet, which stays the caller's. */
  void packet(RtpPacket packet) {
    RtpBridge.Frames to = frames;
    if (to != null) {
      to.packet(packet);
    }
  }

  /** Takes packets over. */
  void packets(RtpBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      packet(batch.packets()[i]);
    }
    batch.release();
  }

  /** A sender report of a track's layer. */
  void clock(RtpTrack track, int layer, RtpClock clock) {
    RtpBridge.Frames to = frames;
    if (to != null) {
      to.clock(track, layer, clock);
    }
  }

  /** Makes no more. */
  void stop() {
    RtpBridge.Frames last = frames;
    frames = null;
    if (last != null) {
      last.close();
    }
    Future<?> timer = keyframes;
    keyframes = null;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
