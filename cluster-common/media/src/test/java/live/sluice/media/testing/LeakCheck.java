package live.sluice.media.testing;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaked a buffer. JUnit finds it by itself (see junit-platform.properties): no class has to
 * name it.
 */
public final class LeakCheck implements AfterAllCallback {
  private static final int ROUNDS = 2;
  private static final long LIMIT_MS = 2_000;

  private static long checked;

  /** Made by JUnit. */
  public LeakCheck() {}

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    List<String> leaks = findLeaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " buffers leaked:\n" + String.join("\n", leaks));
    }
  }

  /** Collects garbage, and gives what Netty found leaked since the last call; nothing was used, nothing is done. */
  static synchronized List<String> findLeaks() throws InterruptedException {
    List<String> leaks = new ArrayList<>();
    if (RecordingLeakDetector.tracked() != checked) {
      for (int i = 0; i < ROUNDS; i++) {
        collectGarbage();
        // Netty looks for leaks when it allocates.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        leaks.addAll(RecordingLeakDetector.drain());
      }
      checked = RecordingLeakDetector.tracked();
    }
    return leaks;
  }

  /** Waits until a reference that was weak before the collection is seen to be cleared. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> sentinel = new WeakReference<>(new Object(), queue);
    System.gc();
    if (queue.remove(LIMIT_MS) != sentinel) {
      throw new AssertionError("the garbage collector did nothing for " + LIMIT_MS + " ms");
    }
  }
}
