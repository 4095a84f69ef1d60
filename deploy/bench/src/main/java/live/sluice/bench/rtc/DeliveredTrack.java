package live.sluice.bench.rtc;

import live.sluice.bench.measure.Delivery;

/**
 * Tells of each packet of a track whether it is one that should come and how long it took. A picture's clock is in its first
 * packet, and all of its packets are sent at that moment: those that come before the first wait for it, and where it never
 * comes, its clock follows from that of another picture and their timestamps. On the player's loop alone.
 */
final class DeliveredTrack {
  private static final int CLOCKS = 64;
  private static final int WAITING = 512;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  /** A jump of more is a source that began anew, and no loss. */
  private static final long MOST_LOST = 3_000;

  private static final long NONE = Long.MIN_VALUE;

  private final Delivery delivery;
  private final Delivery.Kind kind;
  private final int clockRate;
  private final int[] knownTimestamps = new int[CLOCKS];
  private final long[] knownClocks = new long[CLOCKS];
  private int known;
  private final int[] waitingTimestamps = new int[WAITING];

  /** When it came; {@link #NONE}: it waits no longer. */
  private final long[] waitingSince = new long[WAITING];

  private int waitingFrom;
  private int waitingTo;

  /** The window, by numbers that do not wrap. */
  private long first = NONE;

  private long last;
  private long highest = NONE;

  DeliveredTrack(Delivery delivery, boolean video, int clockRate) {
    this.delivery = delivery;
    this.kind = delivery.kind(video);
    this.clockRate = clockRate;
  }

  /** Another source: its numbers and timestamps are others. */
  void restart() {
    while (waitingFrom < waitingTo) {
      giveUpOldest();
    }
    known = 0;
    first = NONE;
    highest = NONE;
  }

  /**
   * A packet came, whose number came never before.
   *
   * @param clock the publisher's, in ns; {@link Pictures#NO_CLOCK} where it is not in this packet
   */
  void onPacket(int sequence, int timestamp, long clock) {
    long wall = delivery.wallNanos();
    if (clock != Pictures.NO_CLOCK) {
      learn(timestamp, clock);
    }
    long number = highest == NONE ? sequence : highest + (short) (sequence - (int) highest);
    if (highest == NONE || number > highest) {
      newest(number);
    }
    while (waitingFrom < waitingTo && wall - oldest() > PATIENCE_NANOS) {
      giveUpOldest();
    }
    if (first == NONE || number < first || number > last) {
      return;
    }
    delivery.received(kind);
    long sent = clockOf(timestamp);
    if (sent == NONE) {
      await(timestamp, wall);
    } else {
      delivery.took(kind, wall - sent);
    }
  }

  private void newest(long number) {
    long ahead = highest == NONE ? 1 : number - highest;
    highest = number;
    if (!delivery.isCounting()) {
      return;
    }
    if (first == NONE || ahead >= MOST_LOST) {
      first = number;
      ahead = 1;
    }
    last = number;
    delivery.expected(kind, ahead);
  }

  private void learn(int timestamp, long clock) {
    knownTimestamps[known % CLOCKS] = timestamp;
    knownClocks[known % CLOCKS] = clock;
    known++;
    for (int i = waitingFrom; i < waitingTo; i++) {
      int slot = i % WAITING;
      if (waitingSince[slot] != NONE && waitingTimestamps[slot] == timestamp) {
        delivery.took(kind, waitingSince[slot] - clock);
        waitingSince[slot] = NONE;
      }
    }
  }

  private long clockOf(int timestamp) {
    for (int i = known - 1; i >= 0 && i >= known - CLOCKS; i--) {
      if (knownTimestamps[i % CLOCKS] == timestamp) {
        return knownClocks[i % CLOCKS];
      }
    }
    return NONE;
  }

  private void await(int timestamp, long wall) {
    if (waitingTo - waitingFrom == WAITING) {
      giveUpOldest();
    }
    waitingTimestamps[waitingTo % WAITING] = timestamp;
    waitingSince[waitingTo % WAITING] = wall;
    waitingTo++;
  }

  private long oldest() {
    long since = waitingSince[waitingFrom % WAITING];
    return since == NONE ? Long.MIN_VALUE / 2 : since;
  }

  /** Its first packet does not come; where no clock is known at all, it was not in time. */
  private void giveUpOldest() {
    int slot = waitingFrom++ % WAITING;
    if (waitingSince[slot] == NONE || known == 0) {
      return;
    }
    int near = (known - 1) % CLOCKS;
    // They wrap, and so does their difference.
    int ticks = waitingTimestamps[slot] - knownTimestamps[near];
    delivery.took(kind, waitingSince[slot] - knownClocks[near] - ticks * 1_000_000_000L / clockRate);
  }
}
