package live.sluice.rtc;

import java.util.ArrayDeque;
import java.util.Deque;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Packets of pictures that wait for their turn, so that a keyframe does not fill a narrow path's queue at once. It holds a
 * reference to each. On the player's loop.
 */
final class PacedQueue {
  /** More than a keyframe has: who is that far behind is served by the next keyframe. */
  private static final int MAX_PACKETS = 2_048;

  private final Deque<RtpPacket> packets = new ArrayDeque<>();
  private int bytes;

  boolean isEmpty() {
    return packets.isEmpty();
  }

  int bytes() {
    return bytes;
  }

  int size() {
    return packets.size();
  }

  /** Keeps a packet, which is retained; false where there are too many. */
  boolean add(RtpPacket packet) {
    if (packets.size() == MAX_PACKETS) {
      return false;
    }
    packets.add(packet.retain());
    bytes += packet.bytes().readableBytes();
    return true;
  }

  /** Takes the first one, whose reference is the caller's now; null where there is none. */
  @Nullable RtpPacket poll() {
    RtpPacket packet = packets.poll();
    if (packet != null) {
      bytes -= packet.bytes().readableBytes();
    }
    return packet;
  }

  void clear() {
    for (RtpPacket packet = poll(); packet != null; packet = poll()) {
      packet.release();
    }
  }
}
