package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays HLS on a virtual thread, as a careful player does: asks for the playlist twice per target duration, fetches each
 * new segment once, and notes whatever a client may not see: sequence numbers that go back, a listed segment that can't
 * be had, a number that stands for two segments. It begins with the first segment that is listed, so that a recording of
 * a short stream is complete.
 */
public final class HlsPlayer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI url;
  private final @Nullable Path recording;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<HlsPlaylist.Segment> played = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean endSeen;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong playlists = new AtomicLong();
  private volatile int lastStatus;
  private @Nullable HlsPlaylist last;

  private HlsPlayer(URI url, @Nullable Path recording) {
    this.url = url;
    this.recording = recording;
    this.thread = Thread.ofVirtual().name("hls-player").start(this::play);
  }

  /** Plays, and forgets the segments. */
  public static HlsPlayer play(URI url) {
    return new HlsPlayer(url, null);
  }

  /** Plays, and appends the segments to {@code file}. */
  public static HlsPlayer record(URI url, Path file) {
    return new HlsPlayer(url, file);
  }

  private void play() {
    HttpConnection http = null;
    try (OutputStream file =
        recording == null ? OutputStream.nullOutputStream() : Files.newOutputStream(recording)) {
      while (!closed && !endSeen) {
        long pauseMs = 200;
        try {
          if (http == null) {
            http = new HttpConnection(url, PATIENCE);
          }
          pauseMs = turn(http, file);
        } catch (IOException e) {
          // The node or the cache before it is gone: a player connects anew.
          if (http != null) {
            http.close();
            http = null;
          }
        }
        LockSupport.parkNanos(pauseMs * 1_000_000);
      }
      if (http != null) {
        http.close();
      }
    } catch (IOException | AssertionError | RuntimeException e) {
      complaints.add(e.toString());
    }
  }

  private long turn(HttpConnection http, OutputStream file) throws IOException {
    HttpConnection.Answer answer = http.get(HttpConnection.pathOf(url));
    String text = answer.text();
    lastStatus = answer.status();
    if (answer.status() != 200) {
      return 250;
    }
    playlists.incrementAndGet();
    HlsPlaylist list = HlsPlaylist.parse(text);
    compare(list);
    last = list;
    for (HlsPlaylist.Segment segment : list.segments()) {
      if (played.isEmpty() || segment.sequence() > played.getLast().sequence()) {
        fetch(http, segment, file);
      }
    }
    endSeen = list.ended();
    return Math.min(1000, list.targetDuration() * 500L);
  }

  private void fetch(HttpConnection http, HlsPlaylist.Segment segment, OutputStream file) throws IOException {
    URI target = url.resolve(segment.uri());
    HttpConnection.Answer answer = http.get(HttpConnection.pathOf(target));
    byte[] content = answer.body().readAllBytes();
    if (answer.status() != 200) {
      complaints.add("status " + answer.status() + " for the listed segment " + segment);
      return;
    }
    if (content.length == 0 || content[0] != 0x47) {
      complaints.add("no transport stream in " + segment);
    }
    file.write(content);
    file.flush();
    bytes.addAndGet(content.length);
    played.add(segment);
  }

  private void compare(HlsPlaylist list) {
    HlsPlaylist before = last;
    if (before == null) {
      return;
    }
    if (list.mediaSequence() < before.mediaSequence()) {
      complaints.add("the media sequence went from " + before.mediaSequence() + " to " + list.mediaSequence());
    }
    if (list.discontinuitySequence() < before.discontinuitySequence()) {
      complaints.add("the discontinuity sequence went from " + before.discontinuitySequence() + " to "
          + list.discontinuitySequence());
    }
    for (HlsPlaylist.Segment segment : list.segments()) {
      for (HlsPlaylist.Segment old : before.segments()) {
        if (old.sequence() == segment.sequence() && !old.equals(segment)) {
          complaints.add("what was " + old + " became " + segment);
        }
      }
    }
  }

  /** What no player may see; empty when all is well. */
  public List<String> complaints() {
    return new ArrayList<>(complaints);
  }

  /** The segments fetched so far. */
  public List<HlsPlaylist.Segment> played() {
    return new ArrayList<>(played);
  }

  /** Bytes of segments so far. */
  public long bytes() {
    return bytes.get();
  }

  /** Playlists read so far. */
  public long playlists() {
    return playlists.get();
  }

  /** Status of the last answer to a playlist's request. */
  public int lastStatus() {
    return lastStatus;
  }

  /** Whether the playlist said that it ends. */
  public boolean endSeen() {
    return endSeen;
  }

  @Override
  public String toString() {
    List<HlsPlaylist.Segment> all = played();
    return url + ": status " + lastStatus + ", " + playlists.get() + " playlists, " + all.size() + " segments, the last "
        + all.subList(Math.max(0, all.size() - 3), all.size()) + ", complaints " + complaints;
  }

  /** Stops, and waits until the recording is complete. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(Duration.ofSeconds(25))) {
        throw new AssertionError("an HLS player does not end: " + url);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while closing " + url, e);
    }
  }
}
