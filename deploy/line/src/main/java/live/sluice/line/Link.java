package live.sluice.line;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way from one region to another, in one direction: decides what becomes of a packet, and holds those that are on
 * their way. A packet is a number here, the slot in which its bytes lie; who offers one keeps it where that is refused,
 * and gets it back by {@link #take}.
 *
 * <p>Confined to one thread, but for the settings and the counters, which any thread may set and read.
 */
final class Link {
  /** No packet is due, ever. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int FIRST_CAPACITY = 256;

  private final int mostPackets;
  private final SplittableRandom random;
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong queueDrops = new AtomicLong();
  private final AtomicLong cutDrops = new AtomicLong();
  private volatile LinkSettings settings;

  // A ring of what is on its way, oldest first; its length is a power of two.
  private int[] slots = new int[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];
  private long[] dues = new long[FIRST_CAPACITY];
  private int first;
  private int count;

  // ns of the clock: when all that was accepted has gone into the cable, and when the last of it comes out.
  private long sendingUntil;
  private long lastDue;
  private boolean used;

  /**
   * Makes a way without packets.
   *
   * @param seed of its losses and its jitter
   * @param mostPackets how many may be on their way at a time
   */
  Link(LinkSettings settings, long seed, int mostPackets) {
    this.settings = settings;
    this.mostPackets = mostPackets;
    random = new SplittableRandom(seed);
  }

  LinkSettings settings() {
    return settings;
  }

  /** Replaces the settings; they hold for packets that come from now on. */
  void set(LinkSettings replacement) {
    settings = replacement;
  }

  /**
   * Takes a packet in.
   *
   * @param now ns of a clock that never goes back
   * @param slot where its bytes lie
   * @param length bytes of the packet, from its IP header on
   * @return false when it is lost or dropped; it was counted then
   */
  boolean offer(long now, int slot, int length) {
    LinkSettings holding = settings;
    if (holding.cut()) {
      add(cutDrops, 1);
      return false;
    }
    if (holding.lossPercent() > 0 && random.nextDouble() * 100 < holding.lossPercent()) {
      add(lost, 1);
      return false;
    }
    long begins = used && sendingUntil - now > 0 ? sendingUntil : now;
    if (begins - now > holding.queueNanos() || count == mostPackets) {
      refuse();
      return false;
    }
    sendingUntil = begins + holding.transmitNanos(length);
    long due = sendingUntil + holding.delayNanos() + jitter(holding.jitterNanos());
    if (due - now < 0) {
      due = now;
    }
    // Never before the one ahead of it, also where the delay has just been made shorter.
    lastDue = used && lastDue - due > 0 ? lastDue : due;
    used = true;
    append(slot, length, lastDue);
    return true;
  }

  /** Counts a packet for which there is no room. */
  void refuse() {
    add(queueDrops, 1);
  }

  private long jitter(long most) {
    return most == 0 ? 0 : Math.round((random.nextDouble() * 2 - 1) * most);
  }

  private void append(int slot, int length, long due) {
    if (count == slots.length) {
      grow();
    }
    int at = (first + count) & (slots.length - 1);
    slots[at] = slot;
    lengths[at] = length;
    dues[at] = due;
    count++;
  }

  private void grow() {
    int[] moreSlots = new int[2 * count];
    int[] moreLengths = new int[2 * count];
    long[] moreDues = new long[2 * count];
    for (int i = 0; i < count; i++) {
      int at = (first + i) & (slots.length - 1);
      moreSlots[i] = slots[at];
      moreLengths[i] = lengths[at];
      moreDues[i] = dues[at];
    }
    slots = moreSlots;
    lengths = moreLengths;
    dues = moreDues;
    first = 0;
  }

  /** Returns when the next packet comes out, in ns of the clock; {@link #NEVER} when none is on its way. */
  long nextDue() {
    return count == 0 ? NEVER : dues[first];
  }

  /** Takes the next packet out, counts it as passed, and returns its slot. There must be one. */
  int take() {
    int slot = slots[first];
    add(packets, 1);
    add(bytes, lengths[first]);
    first = (first + 1) & (slots.length - 1);
    count--;
    return slot;
  }

  /** Only one thread writes: no read-modify-write is needed. */
  private static void add(AtomicLong counter, long amount) {
    counter.setRelease(counter.getPlain() + amount);
  }

  LinkCounters counters() {
    return new LinkCounters(
        packets.getAcquire(), bytes.getAcquire(), lost.getAcquire(), queueDrops.getAcquire(), cutDrops.getAcquire());
  }
}
