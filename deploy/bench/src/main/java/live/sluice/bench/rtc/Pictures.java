package live.sluice.bench.rtc;

import java.util.Arrays;

/**
 * Puts the packets of one stream of pictures in order, as a viewer's jitter buffer does but without the packets, and tells
 * which pictures came whole. For what is missing it waits half a second.
 *
 * <p>A picture goes from behind the marker of the one before to its own, or to where timestamps change. Not thread-safe.
 */
final class Pictures {
  /** Told of pictures in their order. */
  interface Listener {
    /**
     * All packets of a picture are here, and of those before it.
     *
     * @param keyframe whether one of its packets said so
     * @param sentNanos the publisher's clock; -1 where it is not known
     */
    void onPicture(int timestamp, boolean keyframe, long sentNanos);

    /** A picture is given up. */
    void onBroken();
  }

  /** What stands for a publisher's clock that is not known. */
  static final long NO_CLOCK = -1;

  private static final long PATIENCE_NANOS = 500_000_000;
  private static final int WINDOW = 512;

  /** What is kept of a packet: its timestamp in the lower half, and these. */
  private static final long PRESENT = 1L << 32;

  private static final long MARKER = 1L << 33;
  private static final long KEYFRAME = 1L << 34;

  private final Listener listener;

  /** By sequence number, those that came too early. */
  private final long[] kept = new long[WINDOW];

  private final long[] clocks = new long[WINDOW];
  private int count;
  private int next;
  private long waitsSince;
  private boolean started;

  /** The picture that is being read, or was read last. */
  private int timestamp;

  private boolean open;
  private boolean any;
  private boolean whole;
  private boolean keyframe;
  private long sentNanos;

  /** Whether the next packet may be in the middle of a picture. */
  private boolean doubtful;

  /** Whether the first picture is not over yet. */
  private boolean joining;

  Pictures(Listener listener) {
    this.listener = listener;
  }

  /** Begins anew, as with another source. */
  void restart() {
    Arrays.fill(kept, 0);
    count = 0;
    started = false;
    open = false;
    any = false;
  }

  /** A packet came, whose number came never before. */
  void onPacket(
      int sequence, int packetTimestamp, boolean marker, boolean startsKeyframe, long clock, long nowNanos) {
    if (!started) {
      started = true;
      next = sequence;
      // What was sent before may have been lost, or meant for nobody: a first picture counts where it is a keyframe.
      doubtful = true;
      joining = true;
    }
    int ahead = (short) (sequence - next);
    if (ahead < 0) {
      return; // it was given up
    }
    if (ahead >= WINDOW) {
      giveUpAll(sequence);
      ahead = 0;
    }
    if (ahead == 0) {
      next++;
      take(packetTimestamp, marker, startsKeyframe, clock);
      drain(nowNanos);
    } else {
      keep(sequence, packetTimestamp, marker, startsKeyframe, clock, nowNanos);
    }
    expire(nowNanos);
  }

  private void keep(int sequence, int ofTimestamp, boolean marker, boolean startsKeyframe, long clock, long nowNanos) {
    int slot = sequence & WINDOW - 1;
    if (kept[slot] == 0) {
      if (count++ == 0) {
        waitsSince = nowNanos;
      }
      kept[slot] =
          PRESENT | (marker ? MARKER : 0) | (startsKeyframe ? KEYFRAME : 0) | Integer.toUnsignedLong(ofTimestamp);
      clocks[slot] = clock;
    }
  }

  private void drain(long nowNanos) {
    int before = count;
    while (count > 0 && kept[next & WINDOW - 1] != 0) {
      int slot = next & WINDOW - 1;
      long packet = kept[slot];
      kept[slot] = 0;
      count--;
      next++;
      take((int) packet, (packet & MARKER) != 0, (packet & KEYFRAME) != 0, clocks[slot]);
    }
    if (count != before) {
      waitsSince = nowNanos;
    }
  }

  /** Whether something is missing. */
  boolean waits() {
    return count > 0;
  }

  /** Gives up what was waited for too long. */
  void expire(long nowNanos) {
    while (count > 0 && nowNanos - waitsSince >= PATIENCE_NANOS) {
      damage();
      while (kept[next & WINDOW - 1] == 0) {
        next++;
      }
      drain(nowNanos);
    }
  }

  private void giveUpAll(int sequence) {
    Arrays.fill(kept, 0);
    count = 0;
    damage();
    next = sequence;
  }

  private void damage() {
    whole = false;
    doubtful = true;
  }

  private void take(int ofTimestamp, boolean marker, boolean startsKeyframe, long clock) {
    if (open && ofTimestamp != timestamp) {
      finish();
    }
    if (!open) {
      if (any && ofTimestamp == timestamp) {
        return; // padding behind a picture
      }
      open = true;
      any = true;
      timestamp = ofTimestamp;
      keyframe = false;
      sentNanos = NO_CLOCK;
      whole = !doubtful || startsKeyframe;
    }
    doubtful = false;
    keyframe |= startsKeyframe;
    if (sentNanos == NO_CLOCK) {
      sentNanos = clock;
    }
    if (marker) {
      finish();
    }
  }

  private void finish() {
    open = false;
    if (whole) {
      listener.onPicture(timestamp, keyframe, sentNanos);
    } else if (!joining) {
      listener.onBroken();
    }
    joining = false;
  }
}
