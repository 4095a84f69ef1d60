package live.sluice.bridge.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import live.sluice.bridge.ffmpeg.Lane;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.bridge.ffmpeg.NativeLibraries;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the pictures of one stream and encodes them anew, in order of presentation, on a thread of its {@link
 * VideoEngine}. {@link #put} and {@link #close} are for the loop it was opened with; it must be closed, since what it
 * holds is native and large.
 */
public final class VideoTranscoder implements AutoCloseable {
  /** Most pictures that wait; beyond it everything up to the next keyframe is left out. */
  static final int MAX_WAITING = 240;

  /** From so many waiting ones on, every second picture is not encoded: half of the work, until fewer wait. */
  private static final int LATE = 15;

  private static final int TURN = 4;

  private final NativeFolder natives;
  private final Executor loop;
  private final VideoOutput out;
  private final Runnable whenClosed;
  private final Lane<Frame> lane;

  // The loop's.
  private boolean closed;
  private boolean waiting = true;
  private long dropped;

  private volatile boolean keyframeWanted;

  VideoTranscoder(NativeFolder natives, Executor workers, Executor loop, VideoOutput out, Runnable whenClosed) {
    this.natives = natives;
    this.loop = loop;
    this.out = out;
    this.whenClosed = whenClosed;
    lane = new Lane<>(workers, MAX_WAITING, TURN, new Work());
  }

  /** Puts a frame of H.264 or HEVC in, in decoding order; borrows it. Nothing comes before a keyframe. */
  public void put(Frame frame) {
    if (waiting && !frame.keyframe()) {
      return;
    }
    waiting = !lane.offer(frame.retain());
    if (waiting) {
      dropped++;
      frame.release();
    }
  }

  /** The next picture is to be a keyframe. */
  public void requestKeyframe() {
    keyframeWanted = true;
  }

  /** How often pictures were left out up to a keyframe, because too many waited. */
  public long dropped() {
    return dropped;
  }

  /** How many pictures wait. */
  int waiting() {
    return lane.waiting();
  }

  /** Ends it; nothing is handed out any more. More calls do nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      lane.close();
      whenClosed.run();
    }
  }

  /** The part on the engine's threads, by one of them at a time. */
  private final class Work implements Lane.Worker<Frame> {
    private @Nullable Track track;
    private @Nullable PictureDecoder decoder;
    private @Nullable PictureScaler scaler;
    private @Nullable PictureEncoder encoder;
    private List<Frame> done = new ArrayList<>();
    private boolean failed;
    private boolean odd;

    @Override
    public void work(Frame unit) {
      try {
        if (!failed) {
          decode(unit);
        }
      } catch (SluiceException e) {
        fail(e.code(), SluiceException.chainOf(e));
      } catch (LinkageError e) {
        fail(ErrorCode.NOT_SUPPORTED, "FFmpeg's libraries can't be loaded: " + e);
      } finally {
        unit.release();
      }
    }

    private void decode(Frame unit) {
      PictureDecoder now = decoder;
      if (now == null || unit.track() != track) {
        NativeLibraries.load(natives);
        if (now != null) {
          now.close();
          decoder = null;
        }
        track = unit.track();
        now = new PictureDecoder(unit.track());
        decoder = now;
      }
      now.send(unit);
      for (AVFrame picture = now.receive(); picture != null; picture = now.receive()) {
        odd = !odd;
        if (odd || lane.waiting() < LATE) {
          encode(picture);
        }
      }
    }

    private void encode(AVFrame decoded) {
      AVFrame picture = decoded;
      if (PictureScaler.isNeeded(decoded)) {
        picture = scaled(decoded);
      }
      PictureEncoder to = encoder;
      if (to == null || !to.fits(picture)) {
        if (to != null) {
          encoder = null;
          to.close();
        }
        to = new PictureEncoder(picture.width(), picture.height());
        encoder = to;
      }
      boolean keyframe = keyframeWanted || (decoded.flags() & AV_FRAME_FLAG_KEY) != 0;
      keyframeWanted = false;
      to.send(picture, keyframe);
      for (Frame coded = to.receive(); coded != null; coded = to.receive()) {
        done.add(coded);
      }
    }

    private AVFrame scaled(AVFrame picture) {
      PictureScaler through = scaler;
      if (through == null || !through.fits(picture)) {
        if (through != null) {
          scaler = null;
          through.close();
        }
        through = PictureScaler.of(picture);
        scaler = through;
      }
      return through.scale(picture);
    }

    private void fail(ErrorCode code, String why) {
      failed = true;
      end();
      onLoop(
          () -> {
            if (!closed) {
              out.onVideoFailed(code, why);
            }
          },
          () -> {});
    }

    @Override
    public void turnOver() {
      if (done.isEmpty()) {
        return;
      }
      List<Frame> batch = done;
      done = new ArrayList<>();
      onLoop(
          () -> {
            for (Frame frame : batch) {
              if (closed) {
                frame.release();
              } else {
                out.onPicture(frame);
              }
            }
          },
          () -> batch.forEach(Frame::release));
    }

    private void onLoop(Runnable task, Runnable otherwise) {
      try {
        loop.execute(task);
      } catch (RejectedExecutionException loopIsGone) {
        otherwise.run();
      }
    }

    @Override
    public void drop(Frame unit) {
      unit.release();
    }

    @Override
    public void end() {
      if (decoder != null) {
        decoder.close();
        decoder = null;
      }
      if (scaler != null) {
        scaler.close();
        scaler = null;
      }
      if (encoder != null) {
        encoder.close();
        encoder = null;
      }
    }
  }
}
