package live.sluice.rtp.payload;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Codec;

/**
 * Tells the first packet of each keyframe of one layer of one track, in the order of its packets: the parameter sets
 * where they are sent, else the first slice. Not thread-safe.
 */
public final class KeyframeStarts {
  private final Codec codec;
  private boolean any;
  private int last;

  /** For a track of {@code codec}. */
  public KeyframeStarts(Codec codec) {
    this.codec = codec;
  }

  /**
   * Whether a keyframe begins with this packet, and not with an earlier one of the same picture.
   *
   * @param packet borrowed; its indices are not moved
   * @param payloadOffset where the payload begins, in bytes from the reader index
   * @param length bytes of the payload
   * @param timestamp of the packet, by which packets of one picture are known
   */
  public boolean starts(ByteBuf packet, int payloadOffset, int length, int timestamp) {
    if (!Keyframes.startsKeyframe(codec, packet, payloadOffset, length)) {
      return false;
    }
    boolean first = !any || timestamp != last;
    any = true;
    last = timestamp;
    return first;
  }
}
