package live.sluice.bridge.video;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.bridge.ffmpeg.NativeFolder;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a node transcodes pictures. One for a node; thread-safe. No thread is started, and no library
 * loaded, until there is work.
 */
public final class VideoEngine implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final NativeFolder natives;
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final ThreadPoolExecutor workers;

  /**
   * Makes one.
   *
   * @param natives where native libraries are unpacked
   * @param threads how many, and how many streams at most, since each takes one to itself
   */
  public VideoEngine(NativeFolder natives, int threads) {
    this.natives = natives;
    this.most = threads;
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform().daemon().name("sluice-video-" + number.incrementAndGet()).unstarted(task));
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens a transcoder, to be closed by who asked for it.
   *
   * @param loop the stream's loop
   * @return null where as many streams are transcoded as there are threads
   */
  public @Nullable VideoTranscoder open(Executor loop, VideoOutput out) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return null;
    }
    return new VideoTranscoder(natives, workers, loop, out, open::decrementAndGet);
  }

  /** Whether it was closed, and its threads have ended. */
  public boolean isOver() {
    return workers.isTerminated();
  }

  /** Takes no more work; transcoders that are still open are to be closed. */
  @Override
  public void close() {
    workers.shutdown();
  }
}
