package live.sluice.hop.media.receive;

import live.sluice.hop.media.wire.MediaTime;

/**
 * How long packets of a link take: arrival by our clock less send time by the sender's. Only differences say something,
 * so a packet is compared with the fastest of the last ten seconds or more; with the clocks' offset, that one's time is
 * known as well. For reports it keeps what was seen since the last one. In ticks of 64 µs.
 */
final class Transit {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long UNKNOWN = -1;

  private boolean started;
  private int reference;
  private long windowStart;
  private int least;
  private int leastBefore;
  private boolean hasOffset;
  private int offset;

  private boolean seen;
  private int newestSendTime;
  private int leastSeen;
  private int mostSeen;
  private int mostBefore;

  /** Takes a packet that was sent for the first time. */
  void add(int sendTime, long now) {
    int transit = MediaTime.of(now) - sendTime;
    if (!started) {
      started = true;
      reference = transit;
      windowStart = now;
      newestSendTime = sendTime;
    }
    int ticks = MediaTime.difference(transit, reference);
    if (now - windowStart >= WINDOW_NANOS) {
      windowStart = now;
      leastBefore = least;
      least = ticks;
    }
    least = Math.min(least, ticks);
    leastSeen = seen ? Math.min(leastSeen, ticks) : ticks;
    mostSeen = seen ? Math.max(mostSeen, ticks) : ticks;
    seen = true;
    if (MediaTime.difference(sendTime, newestSendTime) > 0) {
      newestSendTime = sendTime;
    }
  }

  /** By how much longer a packet took than the fastest, in ns; 0 or more. */
  long aboveLeast(int sendTime, long now) {
    int ticks = MediaTime.difference(MediaTime.of(now) - sendTime, reference);
    return Math.max(0, ticks - leastTicks()) * MediaTime.TICK_NANOS;
  }

  private int leastTicks() {
    return Math.min(least, leastBefore);
  }

  /** The sender's clock less ours, in ns. */
  void setClockOffset(long nanos) {
    hasOffset = true;
    offset = MediaTime.of(nanos);
  }

  /** The least one-way delay in ns; -1 where it is not known. Two clocks' error can make it 0, but not less. */
  long leastNanos() {
    if (!hasOffset || !started) {
      return UNKNOWN;
    }
    return Math.max(0, MediaTime.difference(reference + leastTicks() + offset, 0)) * MediaTime.TICK_NANOS;
  }

  /** Whether there was any since the last {@link #reported}. */
  boolean hasSeen() {
    return seen;
  }

  int newestSendTime() {
    return newestSendTime;
  }

  /** The least since then, 24 bits. */
  int leastSeen() {
    return MediaTime.wrap(reference + leastSeen);
  }

  /** The most since then, 24 bits. */
  int mostSeen() {
    return MediaTime.wrap(reference + mostSeen);
  }

  void reported() {
    mostBefore = seen ? mostSeen : leastTicks();
    seen = false;
  }

  /** By how much packets were delayed lately, in ns. */
  long queueing() {
    int most = seen ? Math.max(mostSeen, mostBefore) : mostBefore;
    return Math.max(0, most - leastTicks()) * MediaTime.TICK_NANOS;
  }
}
