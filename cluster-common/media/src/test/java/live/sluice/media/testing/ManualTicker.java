package live.sluice.media.testing;

import java.util.concurrent.atomic.AtomicLong;
import live.sluice.media.Ticker;

/** A clock that stands still until it is told to go on. */
public final class ManualTicker implements Ticker {
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

  @Override
  public long nanos() {
    return millis.get() * 1_000_000;
  }

  @Override
  public long wallMillis() {
    return millis.get();
  }

  /** Goes on by that much. */
  public void advance(long ms) {
    millis.addAndGet(ms);
  }
}
