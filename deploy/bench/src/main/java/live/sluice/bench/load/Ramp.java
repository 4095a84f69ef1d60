package live.sluice.bench.load;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts clients at a steady rate, each on its loop. */
final class Ramp {
  private static final int TICK_MS = 5;

  private final LoadLoops loops;
  private final List<? extends Client> clients;
  private final double perSecond;
  private final long begun = System.nanoTime();
  private int next;
  private @Nullable ScheduledFuture<?> timer;

  Ramp(LoadLoops loops, List<? extends Client> clients, double perSecond) {
    this.loops = loops;
    this.clients = clients;
    this.perSecond = perSecond;
  }

  void start() {
    LoadLoop first = loops.of(0);
    first.loop().execute(() -> timer = first.loop().scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS));
  }

  private void tick() {
    double due = 1 + (System.nanoTime() - begun) / 1e9 * perSecond;
    while (next < clients.size() && next < due) {
      Client client = clients.get(next);
      loops.of(next).loop().execute(client::start);
      next++;
    }
    ScheduledFuture<?> running = timer;
    if (next == clients.size() && running != null) {
      running.cancel(false);
    }
  }
}
