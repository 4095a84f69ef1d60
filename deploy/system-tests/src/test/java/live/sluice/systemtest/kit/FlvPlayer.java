package live.sluice.systemtest.kit;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays HTTP-FLV on a virtual thread: reads every tag, notes when what came, and records the bytes when asked to. Its
 * counters may be read from any thread.
 */
public final class FlvPlayer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final URI url;
  private final @Nullable Path recording;
  private final long started = System.nanoTime();
  private final Thread thread;

  private volatile int status;
  private volatile long firstKeyframeNanos = -1;
  private volatile long lastFrameAt;
  private volatile long lastTimestamp = -1;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong keyframes = new AtomicLong();
  private final AtomicLong wentBack = new AtomicLong();
  private volatile long longestPauseNanos;
  private volatile boolean ended;
  private volatile @Nullable IOException failure;
  private volatile @Nullable HttpConnection connection;
  private volatile boolean closed;

  private FlvPlayer(URI url, @Nullable Path recording) {
    this.url = url;
    this.recording = recording;
    this.thread = Thread.ofVirtual().name("flv-player").start(this::play);
  }

  /** Plays, and forgets what it has read. */
  public static FlvPlayer play(URI url) {
    return new FlvPlayer(url, null);
  }

  /** Plays, and writes what comes to {@code file}, byte for byte. */
  public static FlvPlayer record(URI url, Path file) {
    return new FlvPlayer(url, file);
  }

  private void play() {
    try (HttpConnection http = new HttpConnection(url, PATIENCE)) {
      connection = http;
      HttpConnection.Answer answer = http.get(HttpConnection.pathOf(url));
      status = answer.status();
      if (status == 200) {
        try (OutputStream file = recording == null
            ? OutputStream.nullOutputStream()
            : new BufferedOutputStream(Files.newOutputStream(recording))) {
          read(new DataInputStream(new Tee(answer.body(), file)));
        }
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      ended = true;
    }
  }

  private void read(DataInputStream in) throws IOException {
    FlvTag.readHeader(in);
    for (FlvTag tag = FlvTag.read(in); tag != null; tag = FlvTag.read(in)) {
      if (!tag.isFrame()) {
        continue;
      }
      long now = System.nanoTime();
      if (frames.get() > 0) {
        longestPauseNanos = Math.max(longestPauseNanos, now - lastFrameAt);
      }
      if (tag.isKeyframe()) {
        keyframes.incrementAndGet();
        if (firstKeyframeNanos < 0) {
          firstKeyframeNanos = now - started;
        }
      }
      if (tag.timestamp() < lastTimestamp) {
        wentBack.incrementAndGet();
      }
      lastTimestamp = tag.timestamp();
      lastFrameAt = now;
      frames.incrementAndGet();
    }
  }

  /** HTTP status, 0 as long as there is none. */
  public int status() {
    return status;
  }

  /** Time from the request to the first whole keyframe; null as long as there was none. */
  public @Nullable Duration firstKeyframe() {
    return firstKeyframeNanos < 0 ? null : Duration.ofNanos(firstKeyframeNanos);
  }

  /** Frames of picture and sound so far. */
  public long frames() {
    return frames.get();
  }

  /** Keyframes so far. */
  public long keyframes() {
    return keyframes.get();
  }

  /** The timestamp of the last frame in ms, -1 before the first one. */
  public long lastTimestamp() {
    return lastTimestamp;
  }

  /** How often a timestamp was smaller than the one before. */
  public long wentBack() {
    return wentBack.get();
  }

  /** The longest time between two frames. */
  public Duration longestPause() {
    return Duration.ofNanos(longestPauseNanos);
  }

  /** Whether the connection has ended, by whomever. */
  public boolean ended() {
    return ended;
  }

  /** Why it ended, when that was an error. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** Stops playing and waits until the recording is complete. */
  @Override
  public void close() {
    closed = true;
    HttpConnection open = connection;
    try {
      if (open != null) {
        open.close();
      }
      thread.join(Duration.ofSeconds(5));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("while closing " + this, e);
    }
  }

  @Override
  public String toString() {
    return url + ": status " + status + ", " + frames.get() + " frames, " + wentBack.get() + " times back"
        + (ended ? ", ended" + (closed ? " by the test" : " by the server, " + failure) : "");
  }

  /** Copies what is read. */
  private static final class Tee extends FilterInputStream {

    private final OutputStream copy;

    Tee(InputStream in, OutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        copy.write(b);
      }
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        copy.write(target, offset, count);
      }
      return count;
    }

    @Override
    public long skip(long n) throws IOException {
      return readNBytes((int) n).length;
    }
  }
}
