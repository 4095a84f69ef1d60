package live.sluice.bridge.audio;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.bridge.ffmpeg.NativeLibraries;
import live.sluice.media.SluiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which a node's transcoders work, and the library that they use, which is loaded on one of them when
 * the first frame comes or {@link #warmUp} asks for it. One for a node; thread-safe.
 *
 * <p>Why threads, and not the streams' own loops: a frame takes 0.2 to 0.4 ms, the frames that a stream's cache gives
 * at once 40 ms, and loading the library up to 0.6 s, during which a loop would serve none of its players.
 */
public final class AudioEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AudioEngine.class);
  private static final long IDLE_SECONDS = 30;

  private final NativeFolder natives;
  private final ThreadPoolExecutor workers;

  /**
   * Makes one; no thread is started, and nothing loaded, until there is work.
   *
   * @param natives where native libraries are unpacked, 43 MB
   * @param threads how many, from 1 on; half as many as there are cores are enough for 25 streams a core
   */
  public AudioEngine(NativeFolder natives, int threads) {
    this.natives = natives;
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform().daemon().name("sluice-audio-" + number.incrementAndGet()).unstarted(task));
    workers.allowCoreThreadTimeOut(true);
  }

  /** Loads the library in the background, so that the first stream need not wait for it. */
  public void warmUp() {
    workers.execute(
        () -> {
          try {
            NativeLibraries.load(natives);
          } catch (SluiceException | LinkageError e) {
            LOG.warn("Sound can't be transcoded between RTMP and WebRTC: FFmpeg's libraries can't be loaded", e);
          }
        });
  }

  /**
   * Opens a transcoder; that it can't be is told to {@code out} when its first frame was put in.
   *
   * @param loop the stream's loop
   */
  public AudioTranscoder open(AudioInput in, AudioTarget target, Executor loop, AudioOutput out) {
    return new AudioTranscoder(in, target, natives, workers, loop, out);
  }

  /** Runs a task on one of the threads. */
  void execute(Runnable task) {
    workers.execute(task);
  }

  /** Whether nobody works and nothing waits. */
  boolean isIdle() {
    return workers.getActiveCount() == 0 && workers.getQueue().isEmpty();
  }

  /** Whether it was closed, and its threads have ended. */
  boolean isOver() {
    return workers.isTerminated();
  }

  /** Takes no more work; transcoders that are still open are to be closed. */
  @Override
  public void close() {
    workers.shutdown();
  }
}
