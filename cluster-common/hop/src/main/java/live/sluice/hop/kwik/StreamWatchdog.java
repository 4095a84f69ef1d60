package live.sluice.hop.kwik;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Nudges streams that were written to. Kwik counts a stream's requests to send after it has queued them: where its sender is
 * quicker, the next one is never made, and what waits stays until somebody writes again.
 */
final class StreamWatchdog {
  /** How often streams are nudged, in ms. */
  static final long EVERY_MS = 50;

  /** How long after the last write it goes on, in ns: by then all has left, or the connection is broken. */
  private static final long LONG_ENOUGH_NANOS = 10_000_000_000L;

  private final Map<StreamWriter, Long> writers = new ConcurrentHashMap<>();

  StreamWatchdog(ScheduledExecutorService timer) {
    timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  void add(StreamWriter writer) {
    writers.put(writer, System.nanoTime());
  }

  void wrote(StreamWriter writer) {
    writers.put(writer, System.nanoTime());
  }

  /** It writes no more; what it wrote last may wait still. */
  void closeSoon(StreamWriter writer) {
    writers.computeIfPresent(writer, (same, since) -> System.nanoTime());
  }

  private void look() {
    long now = System.nanoTime();
    writers.keySet().forEach(StreamWriter::nudge);
    writers.entrySet().removeIf(each -> now - each.getValue() > LONG_ENOUGH_NANOS && each.getKey().waiting() == 0);
  }
}
