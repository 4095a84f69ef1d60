package live.sluice.rtp;

import java.util.ArrayDeque;
import java.util.Deque;
import live.sluice.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * The packets since the last keyframe, for readers that join a source that makes none for them. Where a picture group is
 * longer than the bound, nothing is kept until the next keyframe: browsers make none unless asked. Owned by the stream's
 * loop.
 */
final class PacketGop {
  private static final int MAX_PACKETS = 8_192;
  private static final long MAX_NANOS = 10_000_000_000L;

  private final Deque<RtpPacket> packets = new ArrayDeque<>();
  private boolean open;
  private int keyTimestamp;
  private long keyNanos;

  /** Sees a packet of layer 0 of the first video track, or of sound; retains what it keeps. */
  void add(RtpPacket packet) {
    boolean video = packet.track().kind() == MediaKind.VIDEO;
    if (video && packet.keyframe() && !(open && packet.timestamp() == keyTimestamp)) {
      clear();
      open = true;
      keyTimestamp = packet.timestamp();
      keyNanos = packet.arrivalNanos();
    }
    if (!open) {
      return;
    }
    if (packets.size() == MAX_PACKETS || packet.arrivalNanos() - keyNanos > MAX_NANOS) {
      clear();
      return;
    }
    packets.add(packet.retain());
  }

  /**
   * All of it with references of its own; null where there is none.
   *
   * @param sound with the sound of its time too. A player that is sent packets as they come shows the last of some
   *     pictures at once, but keeps all sound that it is given: it would be behind the picture by as much
   */
  @Nullable RtpBatch copy(boolean sound) {
    if (packets.isEmpty()) {
      return null;
    }
    RtpBatch batch = new RtpBatch();
    for (RtpPacket packet : packets) {
      if (sound || packet.track().kind() == MediaKind.VIDEO) {
        batch.add(packet);
      }
    }
    return batch;
  }

  /** How long ago its keyframe came, in ns; a very long time where there is none. */
  long age(long nowNanos) {
    return open ? nowNanos - keyNanos : Long.MAX_VALUE;
  }

  void clear() {
    open = false;
    for (RtpPacket packet = packets.poll(); packet != null; packet = packets.poll()) {
      packet.release();
    }
  }
}
