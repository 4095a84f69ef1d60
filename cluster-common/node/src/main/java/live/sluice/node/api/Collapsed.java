package live.sluice.node.api;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import live.sluice.media.Ticker;

/** Answers that are made once for all who ask within a second. Bounded; thread-safe. */
final class Collapsed<T> {
  private static final long KEPT_NANOS = 1_000_000_000L;
  private static final int MOST = 64;

  private record Kept<T>(Future<T> answer, long sinceNanos) {}

  private final Ticker ticker;
  private final Map<String, Kept<T>> kept = new LinkedHashMap<>();

  Collapsed(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The answer that is there, or under way, where it was begun within the last second; else a new one. */
  synchronized Future<T> get(String question, Supplier<Future<T>> make) {
    Kept<T> there = kept.get(question);
    if (there != null && (!there.answer().isComplete() || ticker.nanos() - there.sinceNanos() < KEPT_NANOS)) {
      return there.answer();
    }
    Kept<T> made = new Kept<>(make.get(), ticker.nanos());
    kept.remove(question);
    kept.put(question, made);
    if (kept.size() > MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    return made.answer();
  }
}
