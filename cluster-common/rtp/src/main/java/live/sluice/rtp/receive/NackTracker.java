package live.sluice.rtp.receive;

import java.util.Arrays;

/**
 * Knows which packets of one SSRC are missing, and when to ask for them again (NACK; RFC 4585, section 6.2.1).
 *
 * <p>A packet that newer ones overtook is asked for after {@link #REORDER_NANOS}, or once {@value #REORDER_PACKETS}
 * newer ones have come, then every round trip, at most {@value #MAX_ASKED} times. It is given up a second after it
 * was missed; so is all when more than {@value #MAX_MISSING} are missing: then only a keyframe helps, and {@link
 * #takeKeyframeWanted} says so. What lies before a keyframe is not asked for. The round trip is measured by the
 * answers.
 *
 * <p>Memory is bounded; nothing is allocated but when more is missing than ever before. Not thread-safe.
 */
public final class NackTracker {
  /** What a packet is. */
  public enum Arrival {
    /** The newest so far. */
    NEWEST,
    /** The first of its number, after newer ones: reordered, or sent again. */
    LATE,
    /** Its number has come before. */
    DUPLICATE,
    /** So far behind that it is not known whether it has come before. */
    TOO_OLD;

    /** Whether it is to be passed on. */
    public boolean isNew() {
      return this == NEWEST || this == LATE;
    }
  }

  /** How long a packet may be overtaken before it is asked for, in ns. */
  public static final long REORDER_NANOS = 10_000_000;

  /** By how many packets one may be overtaken before it is asked for. */
  public static final int REORDER_PACKETS = 8;

  /** How often a packet is asked for. */
  public static final int MAX_ASKED = 10;

  /** How many packets may be missing. */
  public static final int MAX_MISSING = 1000;

  /** How long a packet is missed before it is given up, in ns. */
  public static final long GIVE_UP_NANOS = 1_000_000_000;

  private static final int WINDOW = 4096;
  private static final long LEAST_REPEAT_NANOS = 20_000_000;
  private static final long MOST_REPEAT_NANOS = 200_000_000;
  private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000;
  private static final long SEQUENCES = 1 << 16;
  private static final int NONE = -1;

  private final MissingPackets missing = new MissingPackets();
  private final long[] seen = new long[WINDOW / Long.SIZE];
  private boolean started;
  private long highest;
  private int expectedAfterJump = NONE;
  private boolean keyframeWanted;
  private long lost; // the last of those given up, when a keyframe is wanted
  private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
  private boolean measured;
  private long recovered;
  private long givenUp;

  /** A packet came, by itself or in a retransmission: its sequence number, 16 bits, and when, in monotonic ns. */
  public Arrival onPacket(int sequence, long nowNanos) {
    if (!started) {
      restart(sequence);
      return Arrival.NEWEST;
    }
    int ahead = (short) (sequence - (int) highest);
    if (ahead <= -WINDOW) {
      return onFarBehind(sequence);
    }
    expectedAfterJump = NONE;
    if (ahead > 0) {
      advance(ahead, nowNanos);
      return Arrival.NEWEST;
    }
    long number = highest + ahead;
    if (isSeen(number)) {
      return Arrival.DUPLICATE;
    }
    mark(number);
    onFound(number, nowNanos);
    return Arrival.LATE;
  }

  /**
   * The numbers to ask for now, rising, for which the caller sends a NACK: they count as asked for.
   *
   * @param into where to; what does not fit is due again at once
   * @return how many
   */
  public int due(long nowNanos, int[] into) {
    giveUp(nowNanos);
    int count = 0;
    for (int i = 0; i < missing.size() && count < into.length; i++) {
      if (isDue(i, nowNanos)) {
        into[count++] = (int) missing.sequence(i) & 0xffff;
        missing.ask(i, nowNanos);
      }
    }
    return count;
  }

  /** From the first on: one that was asked for in vain behind one that may still come can wait for it. */
  private void giveUp(long nowNanos) {
    int count = 0;
    while (count < missing.size() && isGivenUp(count, nowNanos)) {
      count++;
    }
    if (count > 0) {
      givenUp += count;
      wantKeyframeBehind(missing.sequence(count - 1));
      missing.remove(0, count);
    }
  }

  private boolean isGivenUp(int i, long nowNanos) {
    return nowNanos - missing.noted(i) >= GIVE_UP_NANOS
        || (missing.asked(i) >= MAX_ASKED && nowNanos - missing.lastAsked(i) >= repeatNanos());
  }

  private boolean isDue(int i, long nowNanos) {
    if (missing.asked(i) == 0) {
      return nowNanos - missing.noted(i) >= REORDER_NANOS || highest - missing.sequence(i) >= REORDER_PACKETS;
    }
    return missing.asked(i) < MAX_ASKED && nowNanos - missing.lastAsked(i) >= repeatNanos();
  }

  /** A quarter longer than the round trip, lest an answer that is nearly here is asked for again. */
  private long repeatNanos() {
    return Math.clamp(roundTripNanos + roundTripNanos / 4, LEAST_REPEAT_NANOS, MOST_REPEAT_NANOS);
  }

  /**
   * A keyframe begins with that packet, which came: nothing before it is asked for any more.
   *
   * @param first whether nothing of the keyframe stands before it; else what is missing directly before it may be part of it
   */
  public void onKeyframe(int sequence, boolean first) {
    long number = highest + (short) (sequence - (int) highest);
    while (!first && missing.find(number - 1) >= 0) {
      number--;
    }
    missing.removeBelow(number);
    keyframeWanted &= number <= lost;
  }

  private void wantKeyframeBehind(long number) {
    lost = number;
    keyframeWanted = true;
  }

  /** Whether packets were given up since the last call, so that pictures need a keyframe. */
  public boolean takeKeyframeWanted() {
    boolean wanted = keyframeWanted;
    keyframeWanted = false;
    return wanted;
  }

  /** How many packets are missing: while there are any, {@link #due} is to be called every 10 ms or so. */
  public int missing() {
    return missing.size();
  }

  /** The time from asking to the answer in ns, smoothed; 100 ms until there was one. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /** How many packets came after they were asked for. */
  public long recovered() {
    return recovered;
  }

  /** How many packets were given up. */
  public long givenUp() {
    return givenUp;
  }

  private void restart(int sequence) {
    started = true;
    highest = SEQUENCES + (sequence & 0xffff); // nothing is below 0, however late it comes
    expectedAfterJump = NONE;
    missing.clear();
    Arrays.fill(seen, 0);
    mark(highest);
  }

  /** A sender that begins anew is believed when a second packet follows, as in RFC 3550, appendix A.1. */
  private Arrival onFarBehind(int sequence) {
    if (sequence != expectedAfterJump) {
      expectedAfterJump = sequence + 1 & 0xffff;
      return Arrival.TOO_OLD;
    }
    restart(sequence);
    wantKeyframeBehind(highest - 1);
    return Arrival.NEWEST;
  }

  private void advance(int ahead, long nowNanos) {
    long from = highest + 1;
    highest += ahead;
    if (ahead >= WINDOW) {
      Arrays.fill(seen, 0);
    } else {
      for (long number = from; number < highest; number++) {
        unmark(number);
      }
    }
    mark(highest);
    if (ahead - 1 > MAX_MISSING - missing.size()) {
      givenUp += missing.size() + ahead - 1;
      missing.clear();
      wantKeyframeBehind(highest - 1);
      return;
    }
    for (long number = from; number < highest; number++) {
      missing.add(number, nowNanos);
    }
  }

  private void onFound(long number, long nowNanos) {
    int i = missing.find(number);
    if (i < 0) {
      return; // it was given up, or lies before a keyframe or the first packet
    }
    if (missing.asked(i) > 0) {
      recovered++;
      measure(i, nowNanos);
    }
    missing.remove(i, 1);
  }

  /** Which asking an answer belongs to is not known: one that comes too soon after the last belongs to the first. */
  private void measure(int i, long nowNanos) {
    long time = nowNanos - missing.lastAsked(i);
    if (missing.asked(i) > 1 && time < roundTripNanos / 2) {
      time = nowNanos - missing.firstAsked(i);
    }
    roundTripNanos = measured ? roundTripNanos + (time - roundTripNanos) / 8 : time;
    measured = true;
  }

  private boolean isSeen(long number) {
    return (seen[word(number)] & 1L << number) != 0;
  }

  private void mark(long number) {
    seen[word(number)] |= 1L << number;
  }

  private void unmark(long number) {
    seen[word(number)] &= ~(1L << number);
  }

  private static int word(long number) {
    return (int) (number / Long.SIZE) & WINDOW / Long.SIZE - 1;
  }
}
