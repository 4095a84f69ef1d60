package live.sluice.rtc;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.ErrorCode;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the peers of one loop know that time passes, by one timer for all, which rests while there are none. */
final class PeerClock {
  private static final Logger LOG = LoggerFactory.getLogger(PeerClock.class);

  private final EventLoop loop;
  private final Ticker ticker;
  private final AtomicInteger size = new AtomicInteger();

  // The loop.
  private final List<Peer> peers = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timer;

  PeerClock(EventLoop loop, Ticker ticker) {
    this.loop = loop;
    this.ticker = ticker;
  }

  /** How many peers the loop has. */
  int size() {
    return size.get();
  }

  void add(Peer peer) {
    size.incrementAndGet();
    onLoop(
        () -> {
          if (peer.isClosed()) {
            return;
          }
          peers.add(peer);
          if (timer == null) {
            timer = loop.scheduleAtFixedRate(this::tick, Peer.TICK_MS, Peer.TICK_MS, TimeUnit.MILLISECONDS);
          }
        });
  }

  void remove(Peer peer) {
    size.decrementAndGet();
    onLoop(
        () -> {
          peers.remove(peer);
          if (peers.isEmpty()) {
            stop();
          }
        });
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  private void tick() {
    long now = ticker.nanos();
    // Backwards: a peer that ends leaves the list.
    for (int i = peers.size() - 1; i >= 0; i = Math.min(i, peers.size()) - 1) {
      tick(peers.get(i), now);
    }
  }

  /** A timer that throws is never called again: what goes wrong with one peer must not stop the time of the others. */
  private static void tick(Peer peer, long now) {
    try {
      peer.tick(now);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("session", peer.session().id()).setCause(e).log("a WebRTC session failed");
      peer.end(ErrorCode.INTERNAL, "it failed: " + e);
    }
  }

  private void stop() {
    ScheduledFuture<?> running = timer;
    timer = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  void close() {
    onLoop(this::stop);
  }
}
