package live.sluice.rtp;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Ticker;

/**
 * Asks a source for keyframes of one layer, not more often than it can bear: who asks soon after another is served at the
 * end of the pause. On the stream's loop.
 */
final class KeyframeRequests {
  private static final long PAUSE_MS = 300;

  private final EventLoop loop;
  private final Ticker ticker;
  private final Runnable ask;
  private long lastMs = Long.MIN_VALUE / 2;
  private boolean planned;

  KeyframeRequests(EventLoop loop, Ticker ticker, Runnable ask) {
    this.loop = loop;
    this.ticker = ticker;
    this.ask = ask;
  }

  void request() {
    long now = ticker.millis();
    if (now - lastMs >= PAUSE_MS) {
      lastMs = now;
      ask.run();
    } else if (!planned) {
      planned = true;
      loop.schedule(this::later, PAUSE_MS - (now - lastMs), TimeUnit.MILLISECONDS);
    }
  }

  /** A keyframe came: what was planned is not needed any more. */
  void served() {
    planned = false;
  }

  private void later() {
    if (planned) {
      planned = false;
      lastMs = ticker.millis();
      ask.run();
    }
  }
}
