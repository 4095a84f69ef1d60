package live.sluice.pull;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/** Objects by name, each for its time, bounded in bytes; what was used longest ago goes first. Thread-safe. */
final class HlsCache {
  /** What an entry costs beside its body. */
  private static final int OVERHEAD = 512;

  private final long maxBytes;
  private final Ticker ticker;
  private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  private record Entry(HlsObject object, long fromMs, long holdMs) {
    long cost() {
      return (long) object.body().remaining() + OVERHEAD;
    }
  }

  HlsCache(long maxBytes, Ticker ticker) {
    this.maxBytes = maxBytes;
    this.ticker = ticker;
  }

  synchronized @Nullable HlsObject get(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return null;
    }
    if (ticker.millis() - entry.fromMs() >= entry.holdMs()) {
      entries.remove(name);
      bytes -= entry.cost();
      return null;
    }
    return entry.object();
  }

  /** Keeps an object for {@code holdMs} from now. */
  synchronized void put(String name, HlsObject object, long holdMs) {
    if (holdMs <= 0) {
      return;
    }
    Entry entry = new Entry(object, ticker.millis(), holdMs);
    Entry old = entries.put(name, entry);
    bytes += entry.cost() - (old == null ? 0 : old.cost());
    for (Iterator<Entry> it = entries.values().iterator(); bytes > maxBytes && it.hasNext(); ) {
      bytes -= it.next().cost();
      it.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
