package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * The packets since the last keyframe, for readers that join a source that makes none for them; those of pictures in the
 * order of their numbers, whatever the order in which they came. Where a picture group is longer than the bound, nothing is
 * kept until the next keyframe: browsers make none unless asked. Owned by the stream's loop.
 */
final class PacketGop {
  private static final int MAX_PACKETS = 8_192;
  private static final long MAX_NANOS = 10_000_000_000L;

  private final List<RtpPacket> packets = new ArrayList<>();
  private boolean open;
  private int keyTrack;
  private int keyTimestamp;
  private long keyNanos;
  private int firstSequence;
  private int lastSequence;
  private int pictures;

  /** Sees a packet of layer 0 of the first video track, or of sound; retains what it keeps. */
  void add(RtpPacket packet) {
    boolean video = packet.track().kind() == MediaKind.VIDEO;
    if (video && packet.keyframe() && !(open && packet.timestamp() == keyTimestamp)) {
      begin(packet);
    }
    if (!open) {
      return;
    }
    if (packets.size() == MAX_PACKETS || packet.arrivalNanos() - keyNanos > MAX_NANOS) {
      clear();
      return;
    }
    if (video && packet.track().index() == keyTrack) {
      addPicture(packet);
    } else {
      packets.add(packet.retain());
    }
  }

  private void begin(RtpPacket packet) {
    clear();
    open = true;
    keyTrack = packet.track().index();
    keyTimestamp = packet.timestamp();
    keyNanos = packet.arrivalNanos();
    firstSequence = packet.sequence();
    lastSequence = firstSequence;
  }

  private void addPicture(RtpPacket packet) {
    int sequence = packet.sequence();
    if (isBefore(sequence, firstSequence)) {
      if (packet.timestamp() != keyTimestamp) {
        return; // late, and of the group before
      }
      firstSequence = sequence;
    }
    pictures++;
    int at = packets.size();
    if (isBefore(sequence, lastSequence)) {
      at = placeOf(sequence);
    } else {
      lastSequence = sequence;
    }
    packets.add(at, packet.retain());
  }

  private int placeOf(int sequence) {
    int place = packets.size();
    for (int i = packets.size() - 1; i >= 0; i--) {
      RtpPacket other = packets.get(i);
      if (other.track().index() == keyTrack) {
        if (isBefore(other.sequence(), sequence)) {
          break;
        }
        place = i;
      }
    }
    return place;
  }

  private static boolean isBefore(int sequence, int other) {
    return (short) (sequence - other) < 0;
  }

  /** Whether no packet of its pictures is missing between its first and its last one. */
  boolean isWhole() {
    return open && pictures == (lastSequence - firstSequence & 0xffff) + 1;
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
    pictures = 0;
    packets.forEach(RtpPacket::release);
    packets.clear();
  }
}
