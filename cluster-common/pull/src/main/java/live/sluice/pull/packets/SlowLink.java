package live.sluice.pull.packets;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpPacket;

/**
 * Decides what a connection that does not keep up loses. Past a bound of bytes that wait in it, each layer of pictures is
 * left out, from any packet on up to a keyframe that comes when there is room again; sound goes on a little longer, and
 * leaves holes only where that bound is reached too. On the channel's loop.
 */
final class SlowLink {
  /** Where there is room again, and where there is none any more: a second or two of pictures. */
  static final WriteBufferWaterMark BOUND = new WriteBufferWaterMark(256 << 10, 1 << 20);

  /** What sound may take beyond the bound, in bytes: some ten seconds. */
  private static final int SOUND_MORE = 128 << 10;

  private static final int PICTURES_MORE = BOUND.high() - BOUND.low();

  private final Channel channel;
  private final boolean[] waiting = new boolean[PacketHop.MAX_TRACKS * PacketHop.MAX_LAYERS];
  private int waitingCount;
  private long allowance = PICTURES_MORE;

  SlowLink(Channel channel) {
    this.channel = channel;
    channel.config().setWriteBufferWaterMark(BOUND);
  }

  /**
   * Lets what a reader begins with pass as a whole, however much it is: it lies in the stream's cache anyway, and a reader
   * that lost part of it would wait for the next keyframe.
   */
  void allow(long bytes) {
    allowance = PICTURES_MORE + bytes;
  }

  /** Whether that packet is to be written; what is not is lost. */
  boolean takes(RtpPacket packet) {
    long excess = excess();
    if (packet.track().kind() != MediaKind.VIDEO) {
      return excess <= allowance + SOUND_MORE;
    }
    int slot = packet.track().index() * PacketHop.MAX_LAYERS + packet.layer();
    if (waiting[slot]) {
      boolean goesOn = packet.keyframe() && excess == 0;
      if (goesOn) {
        waiting[slot] = false;
        waitingCount--;
      }
      return goesOn;
    }
    if (excess > allowance) {
      waiting[slot] = true;
      waitingCount++;
      return false;
    }
    return true;
  }

  /** Bytes that must go out before there is room again; 0 where there is. */
  long excess() {
    return channel.isWritable() ? 0 : channel.bytesBeforeWritable();
  }

  /** There is room again: what a reader began with is through. */
  void drained() {
    allowance = PICTURES_MORE;
  }

  /** Whether pictures are left out now. */
  boolean isWaiting() {
    return waitingCount > 0;
  }

  /** The layers that wait for a keyframe, bit n for layer n of any track. */
  int waitingLayers() {
    int mask = 0;
    for (int slot = 0; waitingCount > 0 && slot < waiting.length; slot++) {
      if (waiting[slot]) {
        mask |= 1 << (slot % PacketHop.MAX_LAYERS);
      }
    }
    return mask;
  }
}
