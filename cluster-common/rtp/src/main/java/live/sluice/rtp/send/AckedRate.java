package live.sluice.rtp.send;

import java.util.Arrays;

/** How much arrives at the player: bytes by the time they arrived, over half a second. */
final class AckedRate {
  private static final int SLOTS = 10;
  private static final long SLOT_MICROS = 50_000;
  /** Before this much time there is no rate. */
  private static final int LEAST_SLOTS = 3;

  private final int[] bytes = new int[SLOTS];
  private boolean started;
  private long first;
  private long current;

  void add(long arrivedMicros, int size) {
    long slot = Math.floorDiv(arrivedMicros, SLOT_MICROS);
    if (!started || Math.abs(slot - current) > 100 * SLOTS) {
      Arrays.fill(bytes, 0);
      started = true;
      first = slot;
      current = slot;
    }
    for (; current < slot; current++) {
      bytes[(int) Math.floorMod(current + 1, (long) SLOTS)] = 0;
    }
    if (current - slot < SLOTS) {
      bytes[(int) Math.floorMod(slot, (long) SLOTS)] += size;
    }
  }

  /** In bits a second; 0 where it is not known yet. */
  long bitsPerSecond() {
    // The slot that is being filled is left out.
    long slots = Math.min(SLOTS - 1, current - first);
    if (!started || slots < LEAST_SLOTS) {
      return 0;
    }
    long sum = 0;
    for (long slot = current - slots; slot < current; slot++) {
      sum += bytes[(int) Math.floorMod(slot, (long) SLOTS)];
    }
    return sum * 8 * 1_000_000 / (slots * SLOT_MICROS);
  }
}
