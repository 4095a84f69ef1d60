package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.function.IntConsumer;
import live.sluice.media.MediaKind;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Where readers of a stream's packets begin: the group of pictures that is kept, and the keyframes that are asked for
 * where it is old and the source makes new ones. On the stream's loop.
 */
final class KeyframeSupply {
  /** How old a cached keyframe may be to be used though the source would make a new one, in ns. */
  private static final long FRESH_NANOS = 250_000_000L;

  /** After such a pause pictures are missing that are not worth waiting for, in ns. */
  private static final long GAP_NANOS = 300_000_000L;

  private final Ticker ticker;
  private final PacketGop gop = new PacketGop();
  private final KeyframeRequests[] requests = new KeyframeRequests[RtpStream.MAX_LAYERS];
  private final int[] lastTimestamps = new int[RtpStream.MAX_LAYERS];
  private int layersSeen;

  /**
   * None yet.
   *
   * @param ask asks the source for a keyframe of a layer
   */
  KeyframeSupply(EventLoop loop, Ticker ticker, IntConsumer ask) {
    this.ticker = ticker;
    for (int layer = 0; layer < requests.length; layer++) {
      int which = layer;
      requests[layer] = new KeyframeRequests(loop, ticker, () -> ask.accept(which));
    }
  }

  PacketGop gop() {
    return gop;
  }

  /** Those of the least layer, which everything that begins anew begins with. */
  KeyframeRequests first() {
    return requests[0];
  }

  /** Asks for a keyframe of a layer; not more often than the source can bear. */
  void request(int layer) {
    requests[layer].request();
  }

  /**
   * The stream comes by another way, which begins with the least layer's keyframe at most.
   *
   * @param anyReads whether anybody is there to miss something
   */
  void goOn(RtpFeed next, WantedLayers wanted, boolean anyReads) {
    if (anyReads && next.progress().pause(ticker.nanos()) > GAP_NANOS) {
      request(0);
    }
    for (RtpTrack track : next.tracks()) {
      for (int layer = 1; layer < track.layers().size(); layer++) {
        if (wanted.wants(layer) && next.progress().hasBegun(track.index(), layer)) {
          request(layer);
        }
      }
    }
  }

  /** A packet came. */
  void seen(RtpPacket packet) {
    if (packet.keyframe() && packet.track().kind() == MediaKind.VIDEO && isNew(packet)) {
      requests[packet.layer()].served();
    }
    if (packet.layer() == 0) {
      gop.add(packet);
    }
  }

  /** Who came between two packets of one keyframe is not served by the second. */
  private boolean isNew(RtpPacket packet) {
    int layer = packet.layer();
    boolean first = (layersSeen & 1 << layer) == 0;
    boolean other = first || lastTimestamps[layer] != packet.timestamp();
    layersSeen |= 1 << layer;
    lastTimestamps[layer] = packet.timestamp();
    return other;
  }

  /** What one that joins begins with; null where a keyframe must be asked for. */
  @Nullable RtpBatch beginning(RtpSource source, boolean sound) {
    return isUsable() || !source.heedsRequests() ? gop.copy(sound) : null;
  }

  /** Asks now for the keyframe that one who joins soon would have to wait for. */
  void readerComes(RtpSource source) {
    if (source.heedsRequests() && !isUsable()) {
      requests[0].request();
    }
  }

  /** With a hole it is of no use: what is missing may come yet, but not to who has begun with it. */
  private boolean isUsable() {
    return gop.age(ticker.nanos()) < FRESH_NANOS && gop.isWhole();
  }
}
