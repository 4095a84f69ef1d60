package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.scan.HttpHead;
import live.sluice.bench.scan.MediaPlaylist;
import live.sluice.bench.scan.ScanException;
import live.sluice.bench.scan.TsScanner;
import org.jspecify.annotations.Nullable;

/**
 * A player of HLS as RFC 8216 (section 6.3) wants it: begins three target durations before the end, loads each segment
 * once, and the playlist again after a target duration, or half of one when it had not changed. Two thirds of a second
 * of retries are behind every failure: a live stream that is gone for longer ends the player.
 */
final class HlsPlayer implements Client {
  private static final int BEHIND = 3;
  private static final int TRIES = 3;
  private static final long RETRY_MS = 300;
  private static final int MAX_PLAYLIST = 1 << 20;

  private final LoadLoop loop;
  private final PlayerMeter meter;
  private final HttpConnection connection;
  private final boolean own;
  private final Deque<MediaPlaylist.Segment> queue = new ArrayDeque<>();

  private URI playlist;
  private long nextSequence = -1;
  private double mediaSeconds;
  private int failures;
  private boolean loading;
  private boolean closed;
  private @Nullable ScheduledFuture<?> timer;

  HlsPlayer(LoadLoop loop, Target target, int number, PlayerMeter meter, HttpConnection connection, boolean own) {
    this.loop = loop;
    this.meter = meter;
    this.connection = connection;
    this.own = own;
    this.playlist = URI.create(target.url(number));
  }

  @Override
  public void start() {
    loop.clock().read();
    connection.send(new PlaylistRequest());
  }

  @Override
  public void failed(String why) {
    if (!closed) {
      meter.ended(why);
    }
    close();
  }

  @Override
  public void pause(boolean stop) {
    if (own) {
      connection.pause(stop);
    }
  }

  @Override
  public void close() {
    closed = true;
    ScheduledFuture<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
    if (own) {
      connection.close();
    }
  }

  private void later(long ms) {
    if (!closed) {
      timer = loop.loop().schedule(() -> connection.send(new PlaylistRequest()), ms, TimeUnit.MILLISECONDS);
    }
  }

  private void onPlaylist(MediaPlaylist list) {
    String variant = list.variant();
    if (variant != null) {
      playlist = playlist.resolve(variant);
      connection.send(new PlaylistRequest());
      return;
    }
    long end = list.sequence() + list.segments().size();
    boolean changed = nextSequence < 0 || end > nextSequence;
    if (nextSequence < 0 && !list.segments().isEmpty()) {
      nextSequence = Math.max(list.sequence(), end - BEHIND);
    }
    if (nextSequence >= 0 && nextSequence < list.sequence()) {
      meter.dropped();
      nextSequence = list.sequence();
    }
    while (nextSequence >= 0 && nextSequence < end) {
      queue.add(list.segments().get((int) (nextSequence - list.sequence())));
      nextSequence++;
    }
    nextSegment();
    if (list.ended()) {
      failed("the stream ended");
    } else {
      later((long) (list.targetSeconds() * (changed ? 1_000 : 500)));
    }
  }

  private void nextSegment() {
    if (!loading && !closed && !queue.isEmpty()) {
      loading = true;
      connection.send(new SegmentRequest(queue.remove()));
    }
  }

  /** What both kinds of request share: they fail by a status, and some failures are borne. */
  private abstract class Request implements HttpRequest {
    private int status;

    abstract URI uri();

    abstract void whole();

    abstract void again();

    @Override
    public String path() {
      URI uri = uri();
      return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + '?' + uri.getRawQuery();
    }

    @Override
    public void sent() {
      meter.connected();
      meter.requested();
    }

    @Override
    public void received(int bytes) {
      meter.received(bytes);
    }

    @Override
    public void head(HttpHead head) {
      status = head.status();
    }

    boolean good() {
      return status == 200;
    }

    @Override
    public void done() {
      if (closed) {
        return;
      }
      if (!good()) {
        failed("the server answered " + status);
        return;
      }
      failures = 0;
      whole();
    }

    @Override
    public void failed(String why) {
      if (!closed && ++failures > TRIES) {
        HlsPlayer.this.failed(why);
      } else if (!closed) {
        timer = loop.loop().schedule(this::again, RETRY_MS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private final class PlaylistRequest extends Request {
    private byte[] text = new byte[2048];
    private int length;

    @Override
    URI uri() {
      return playlist;
    }

    @Override
    public void body(ByteBuf in, int from, int to) {
      int bytes = to - from;
      if (length + bytes > MAX_PLAYLIST) {
        throw new ScanException("HLS: a playlist of more than 1 MB");
      }
      if (length + bytes > text.length) {
        text = Arrays.copyOf(text, Math.max(2 * text.length, length + bytes));
      }
      in.getBytes(from, text, length, bytes);
      length += bytes;
    }

    @Override
    void whole() {
      MediaPlaylist list;
      try {
        list = MediaPlaylist.parse(new String(text, 0, length, StandardCharsets.UTF_8));
      } catch (ScanException e) {
        HlsPlayer.this.failed(String.valueOf(e.getMessage()));
        return;
      }
      onPlaylist(list);
    }

    @Override
    void again() {
      connection.send(new PlaylistRequest());
    }
  }

  private final class SegmentRequest extends Request {
    private final MediaPlaylist.Segment segment;
    private final TsScanner scanner = new TsScanner(this::clock);
    private boolean begun;

    SegmentRequest(MediaPlaylist.Segment segment) {
      this.segment = segment;
    }

    @Override
    URI uri() {
      return playlist.resolve(segment.uri());
    }

    @Override
    public void body(ByteBuf in, int from, int to) {
      if (good()) {
        meter.mediaBegins();
        begun = true;
        scanner.bytes(in, from, to);
      }
    }

    private void clock(long sent) {
      meter.age(loop.clock().wallNanos() - sent);
    }

    @Override
    void whole() {
      scanner.end();
      loading = false;
      if (begun) {
        mediaSeconds += segment.seconds();
        meter.segment(Math.round(mediaSeconds * 1_000));
      }
      nextSegment();
    }

    @Override
    void again() {
      connection.send(new SegmentRequest(segment));
    }
  }
}
