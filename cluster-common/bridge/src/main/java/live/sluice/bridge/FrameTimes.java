package live.sluice.bridge;

import live.sluice.media.Ticker;

/**
 * When a stream's frames came, and which moment of media is now. What the stream kept for readers that join came when it
 * was live: it is placed before the moment at which it was handed over. On the stream's loop.
 */
final class FrameTimes {
  private static final long NANOS_PER_MS = 1_000_000;

  /** Sound that is so much behind the newest frame in a source's first second is not sent, in us. */
  private static final long OLD_SOUND_MICROS = 100_000;

  private final Ticker ticker;
  private final MediaClock clock = new MediaClock();
  private long openingNewest = Long.MIN_VALUE;
  private long openingNanos;

  FrameTimes(Ticker ticker) {
    this.ticker = ticker;
  }

  /** What was kept is handed over now; the newest frame of it has the media time {@code newest} in ms. */
  void opening(long newest) {
    openingNanos = ticker.nanos();
    openingNewest = newest;
    clock.seen(newest, openingNanos);
  }

  /** A frame of the media time {@code mediaMillis} came. */
  void seen(long mediaMillis) {
    if (mediaMillis > openingNewest) {
      clock.seen(mediaMillis, ticker.nanos());
    }
  }

  /** When a frame of that media time came, or would have: by the monotonic clock, in ns. */
  long arrival(long mediaMillis) {
    return mediaMillis > openingNewest
        ? ticker.nanos()
        : openingNanos - (openingNewest - mediaMillis) * NANOS_PER_MS;
  }

  /** Whether sound of that media time is of the past that came with a source's beginning. */
  boolean isOld(long mediaMillis) {
    long now = ticker.nanos();
    return clock.isBeginning(now) && clock.micros(now) - mediaMillis * 1_000 > OLD_SOUND_MICROS;
  }

  /** The media time, in us, that belongs to a moment of the monotonic clock in ns. */
  long mediaMicros(long nanos) {
    return clock.micros(nanos);
  }

  /** What comes next is of another source. */
  void sourceChanged() {
    clock.sourceChanged();
  }
}
