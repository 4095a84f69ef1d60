package live.sluice.bridge.audio;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import live.sluice.bridge.ffmpeg.Lane;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.bridge.ffmpeg.NativeLibraries;
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
  private final NativeFolder natives;
  private final Executor loop;
  private final AudioOutput out;
  private final Lane<Job> lane;

  // The loop's.
  private long dropped;
  private boolean silent;

  private volatile long broken;

  AudioTranscoder(
      AudioInput in, AudioTarget target, NativeFolder natives, Executor workers, Executor loop, AudioOutput out) {
    this.in = in;
    this.target = target;
    this.natives = natives;
    this.loop = loop;
    this.out = out;
    lane = new Lane<>(workers, MAX_WAITING, TURN, new Work());
  }

  /**
   * Puts a coded frame in, and takes it over. It is left out when too many wait already.
   *
   * @param pts presentation time of its first sample in ticks of 48 kHz
   * @param afresh whether its time has nothing to do with what came before
   */
  public void put(ByteBuf payload, long pts, boolean afresh) {
    if (!lane.offer(new Job(payload, pts, afresh))) {
      dropped++;
      payload.release();
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
    lane.close();
  }

  private void onLoop(Runnable task, Runnable otherwise) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException loopIsGone) {
      otherwise.run();
    }
  }

  /** The part on the engine's threads, by one of them at a time. */
  private final class Work implements Lane.Worker<Job> {
    private @Nullable Transcode transcode;
    private List<Coded> done = new ArrayList<>();
    private boolean failed;

    @Override
    public void work(Job job) {
      try {
        if (!failed && !opened().put(job.payload(), job.pts(), job.afresh(), this::coded)) {
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

    private Transcode opened() {
      Transcode now = transcode;
      if (now == null) {
        NativeLibraries.load(natives);
        now = new Transcode(in, target);
        transcode = now;
      }
      return now;
    }

    private void coded(ByteBuf payload, long pts) {
      done.add(new Coded(payload, pts));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time writes it.
    private void countBroken() {
      broken++;
    }

    private void fail(ErrorCode code, String why) {
      failed = true;
      end();
      onLoop(
          () -> {
            if (!silent) {
              out.onAudioFailed(code, why);
            }
          },
          () -> {});
    }

    @Override
    public void turnOver() {
      if (done.isEmpty()) {
        return;
      }
      List<Coded> batch = done;
      done = new ArrayList<>();
      onLoop(() -> handOut(batch), () -> batch.forEach(coded -> coded.payload().release()));
    }

    private void handOut(List<Coded> batch) {
      for (Coded coded : batch) {
        if (silent) {
          coded.payload().release();
        } else {
          out.onAudio(coded.payload(), coded.pts());
        }
      }
    }

    @Override
    public void drop(Job job) {
      job.payload().release();
    }

    @Override
    public void end() {
      Transcode last = transcode;
      transcode = null;
      if (last != null) {
        last.close();
      }
    }
  }
}
