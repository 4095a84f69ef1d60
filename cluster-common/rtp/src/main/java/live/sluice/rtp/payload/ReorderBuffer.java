package live.sluice.rtp.payload;

import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Puts packets into the order of their sequence numbers. One in order is passed on at once and is not held. Those
 * behind a gap are held in a ring until the gap is closed, or has been waited for long enough, or the ring is full.
 */
final class ReorderBuffer {
  /** Takes what has been put into order. */
  interface Output {
    /** The next packet; borrowed. */
    void next(RtpPacket packet);

    /** Before the next packet, one or more are missing for good. */
    void lost();
  }

  private final Output output;
  private final long waitNanos;
  private final int mask;
  private final @Nullable RtpPacket[] held;
  /** Sequence numbers ahead that carry nothing. */
  private final boolean[] skipped;
  /** When what is held or skipped came. */
  private final long[] since;
  private int count;
  private boolean started;
  /** The sequence number that is to come. */
  private int next;
  /** Since when it is missing, if {@link #count} is not 0. */
  private long missingSince;
  /** The sequence number behind the last one that was far too old, or -1. */
  private int afterOld = -1;

  ReorderBuffer(int windowPackets, long waitNanos, Output output) {
    int size = Math.max(2, Integer.highestOneBit(2 * windowPackets - 1));
    this.mask = size - 1;
    this.held = new @Nullable RtpPacket[size];
    this.skipped = new boolean[size];
    this.since = new long[size];
    this.waitNanos = waitNanos;
    this.output = output;
  }

  void add(RtpPacket packet, long now) {
    poll(now);
    int sequence = packet.sequence();
    if (!isWanted(sequence)) {
      return;
    }
    if (sequence == next) {
      next = next + 1 & 0xffff;
      output.next(packet);
      drain();
    } else {
      held[sequence & mask] = packet.retain();
      hold(sequence, now);
    }
  }

  void skip(int sequence, long now) {
    poll(now);
    int wrapped = sequence & 0xffff;
    if (!started || !isWanted(wrapped)) {
      return;
    }
    if (wrapped == next) {
      next = next + 1 & 0xffff;
      drain();
    } else {
      skipped[wrapped & mask] = true;
      hold(wrapped, now);
    }
  }

  /** Gives up what was waited for long enough. */
  void poll(long now) {
    while (count > 0 && now - missingSince >= waitNanos) {
      giveUp();
    }
  }

  void clear() {
    for (int i = 0; i < held.length; i++) {
      RtpPacket packet = held[i];
      held[i] = null;
      skipped[i] = false;
      if (packet != null) {
        packet.release();
      }
    }
    count = 0;
  }

  private void hold(int sequence, long now) {
    since[sequence & mask] = now;
    if (count++ == 0) {
      missingSince = now;
    }
  }

  /** Whether it is neither too late nor there already; makes room for it. */
  private boolean isWanted(int sequence) {
    if (!started) {
      started = true;
      next = sequence;
      return true;
    }
    int ahead = (short) (sequence - next);
    if (ahead < 0) {
      return ahead < -mask && isNewBeginning(sequence);
    }
    while (ahead > mask && count > 0) {
      giveUp();
      ahead = (short) (sequence - next);
    }
    if (ahead > mask) {
      restart(sequence);
    } else if (ahead < 0) {
      return false;
    }
    return held[sequence & mask] == null && !skipped[sequence & mask];
  }

  /** Whether a publisher began anew with other numbers: two that are far too old follow each other (RFC 3550, A.1). */
  private boolean isNewBeginning(int sequence) {
    if (sequence != afterOld) {
      afterOld = sequence + 1 & 0xffff;
      return false;
    }
    restart(sequence);
    return true;
  }

  private void restart(int sequence) {
    clear();
    afterOld = -1;
    next = sequence;
    output.lost();
  }

  private void giveUp() {
    while (!isHere(next)) {
      next = next + 1 & 0xffff;
    }
    output.lost();
    drain();
  }

  private boolean isHere(int sequence) {
    return held[sequence & mask] != null || skipped[sequence & mask];
  }

  /** Passes on what is held up to the next gap, which is missing since the packet behind it came. */
  private void drain() {
    while (count > 0 && isHere(next)) {
      int slot = next & mask;
      RtpPacket packet = held[slot];
      held[slot] = null;
      skipped[slot] = false;
      count--;
      next = next + 1 & 0xffff;
      if (packet != null) {
        try {
          output.next(packet);
        } finally {
          packet.release();
        }
      }
    }
    if (count > 0) {
      int behind = next;
      while (!isHere(behind)) {
        behind = behind + 1 & 0xffff;
      }
      missingSince = since[behind & mask];
    }
  }
}
