package live.sluice.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.media.StreamDirectory.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which a directory's listeners are called and its answers given, in the order in which they were made: an
 * owner hears of a grant before it hears of its loss. A listener that fails harms no other. Thread-safe.
 */
final class Fanout {
  private static final Logger log = LoggerFactory.getLogger(Fanout.class);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService thread;

  Fanout(String nodeId) {
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("directory-events-" + nodeId).factory());
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void tell(Consumer<Listener> what) {
    run(
        () -> {
          for (Listener listener : listeners) {
            guarded(() -> what.accept(listener));
          }
        });
  }

  void run(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      log.trace("an event after the end is dropped", e);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a listener of the stream directory failed", e);
    }
  }

  /** Lets what was told be heard, for a short time. */
  void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(500, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
