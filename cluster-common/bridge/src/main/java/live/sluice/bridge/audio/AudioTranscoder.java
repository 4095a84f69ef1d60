package live.sluice.bridge.audio;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Transcodes the sound of one stream on the threads of its {@link AudioEngine}, one frame after the other, and hands
 * the results back to the loop it was opened with. {@link #put} and {@link #close} are for that loop; it must be
 * closed, since what it holds is native.
 */
public final class AudioTranscoder implements AutoCloseable {
  /** More frames than this (2 s and more) wait for no one: the machine is too slow, and late sound is of no use. */
  static final int MAX_WAITING = 128;

  /** How many frames are done before other streams have their turn. */
  private static final int TURN = 16;

  private record Job(ByteBuf payload, long pts, boolean afresh) {}

  private record Coded(ByteBuf payload, long pts) {}

  private final AudioInput in;
  private final AudioTarget target;
  private final Path cache;
  private final Executor workers;
  private final Executor loop;
  private final AudioOutput out;

  // Under its own lock.
  private final Queue<Job> jobs = new ArrayDeque<>();
  private boolean running;
  private boolean closed;
  private boolean failed;

  // The loop's.
  private long dropped;
  private boolean silent;

  // Of whoever runs.
  private @Nullable Transcode transcode;
  private List<Coded> done = new ArrayList<>();
  private volatile long broken;

  AudioTranscoder(
      AudioInput in, AudioTarget target, Path cache, Executor workers, Executor loop, AudioOutput out) {
    this.in = in;
    this.target = target;
    this.cache = cache;
    this.workers = workers;
    this.loop = loop;
    this.out = out;
  }

  /**
   * Puts a coded frame in, and takes it over. It is left out when too many wait already, and after a failure.
   *
   * @param pts presentation time of its first sample in ticks of 48 kHz
   * @param afresh whether its time has nothing to do with what came before
   */
  public void put(ByteBuf payload, long pts, boolean afresh) {
    boolean start;
    synchronized (jobs) {
      if (closed || failed || jobs.size() >= MAX_WAITING) {
        dropped++;
        payload.release();
        return;
      }
      jobs.add(new Job(payload, pts, afresh));
      start = !running;
      running = true;
    }
    if (start) {
      begin();
    }
  }

  /** Frames that were left out because too many waited. */
  public long dropped() {
    return dropped;
  }

  /** Frames that could not be decoded; from any thread. */
  public long broken() {
    return broken;
  }

  /** Ends it; what waits is let go, and nothing is handed out any more. More calls do nothing. */
  @Override
  public void close() {
    silent = true;
    boolean start;
    synchronized (jobs) {
      if (closed) {
        return;
      }
      closed = true;
      start = !running;
      running = true;
    }
    if (start) {
      begin();
    }
  }

  private void begin() {
    try {
      workers.execute(this::run);
    } catch (RejectedExecutionException engineClosed) {
      // Nobody runs, and nobody will.
      end();
    }
  }

  private void run() {
    for (int i = 0; i < TURN; i++) {
      Job job;
      synchronized (jobs) {
        job = closed ? null : jobs.poll();
      }
      if (job == null) {
        break;
      }
      work(job);
    }
    handOver();
    boolean over;
    synchronized (jobs) {
      over = closed;
      if (!over && jobs.isEmpty()) {
        running = false;
        return;
      }
    }
    if (over) {
      end();
    } else {
      begin();
    }
  }

  private void work(Job job) {
    try {
      Transcode now = transcode;
      if (now == null) {
        NativeLibraries.load(cache);
        now = new Transcode(in, target);
        transcode = now;
      }
      if (!now.put(job.payload(), job.pts(), job.afresh(), (payload, pts) -> done.add(new Coded(payload, pts)))) {
        countBroken();
      }
    } catch (SluiceException e) {
      fail(e.code(), SluiceException.chainOf(e));
    } catch (LinkageError e) {
      fail(ErrorCode.NOT_SUPPORTED, "FFmpeg's libraries can't be loaded: " + e);
    } finally {
      job.payload().release();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes it.
  private void countBroken() {
    broken++;
  }

  private void fail(ErrorCode code, String why) {
    synchronized (jobs) {
      if (failed) {
        return;
      }
      failed = true;
    }
    onLoop(
        () -> {
          if (!silent) {
            out.onAudioFailed(code, why);
          }
        },
        () -> {});
  }

  private void handOver() {
    if (done.isEmpty()) {
      return;
    }
    List<Coded> batch = done;
    done = new ArrayList<>();
    onLoop(
        () -> {
          for (Coded coded : batch) {
            if (silent) {
              coded.payload().release();
            } else {
              out.onAudio(coded.payload(), coded.pts());
            }
          }
        },
        () -> batch.forEach(coded -> coded.payload().release()));
  }

  private void onLoop(Runnable task, Runnable otherwise) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      otherwise.run();
    }
  }

  private void end() {
    synchronized (jobs) {
      closed = true;
      for (Job job : jobs) {
        job.payload().release();
      }
      jobs.clear();
    }
    Transcode last = transcode;
    transcode = null;
    if (last != null) {
      last.close();
    }
  }
}
