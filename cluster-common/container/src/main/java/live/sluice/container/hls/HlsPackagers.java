package live.sluice.container.hls;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import live.sluice.media.MediaForm;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The packagers of a node: one for every stream that is published here, from the publish on, and for some time after its
 * end, so that another publish continues it. A stream that is published as packets is packaged from the first request on,
 * since it has to be bridged for it. Streams that are pulled are not packaged. Thread-safe.
 *
 * <p>A packager that is found says nothing of who owns the stream now: ask the directory first.
 */
public final class HlsPackagers implements StreamRegistry.Listener {
  /** A live stream is left this many segments, however short the memory is: what players are about to ask for. */
  private static final int FEWEST = 3;

  private final HlsSettings settings;
  private final Ticker ticker;
  private final Map<StreamKey, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicInteger idle = new AtomicInteger();
  private final AtomicLong ends = new AtomicLong();
  private final ReentrantLock bounding = new ReentrantLock();
  private volatile boolean closed;

  /** {@code source} is the one that feeds it, null after its end. All is only changed within the map's own lock. */
  private static final class Kept {
    final HlsPackager packager;
    volatile @Nullable Publication source;

    /** Whether frames come to the packager. */
    volatile boolean tapped;

    /** Number of its last source's end, in the order of the ends of all; 0 while a source feeds it. */
    volatile long end;

    Kept(HlsPackager packager) {
      this.packager = packager;
    }
  }

  /** Without streams. */
  public HlsPackagers(HlsSettings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
  }

  /** The packager of a stream that is, or was not long ago, published on this node; null where there is none. */
  public @Nullable HlsPackager find(StreamKey key) {
    Kept found = kept.get(key);
    return found == null ? null : found.packager;
  }

  /** Somebody asks for a stream's HLS: packaging begins where it waited for that. */
  public void want(StreamKey key) {
    Kept found = kept.get(key);
    Publication source = found == null ? null : found.source;
    if (found != null && source != null && !found.tapped) {
      source.stream().run(() -> tap(found, source));
    }
  }

  /** On the stream's loop. */
  private static void tap(Kept now, Publication source) {
    if (now.source == source && !now.tapped) {
      now.tapped = true;
      source.stream().addTap(now.packager);
    }
  }

  /** The names of all streams that have one; a live view. */
  public Collection<StreamKey> keys() {
    return Collections.unmodifiableSet(kept.keySet());
  }

  /** Bytes of memory that the segments of all streams take. */
  public long memory() {
    long bytes = 0;
    for (Kept each : kept.values()) {
      bytes += each.packager.memory();
    }
    return bytes;
  }

  @Override
  public void sourceConnected(Stream stream, Publication source) {
    if (!source.isLocal() || closed) {
      return;
    }
    Kept now =
        kept.compute(
            stream.key(),
            (key, present) -> {
              if (present == null) {
                present =
                    new Kept(new HlsPackager(key, settings, ticker, ByteBufAllocator.DEFAULT, this::bound));
              } else if (present.source == null) {
                idle.decrementAndGet();
              }
              present.source = source;
              present.end = 0;
              return present;
            });
    now.packager.sourceStarted(source.entry());
    if (source.form() == MediaForm.FRAMES) {
      tap(now, source);
    }
    if (closed) {
      close();
    }
  }

  @Override
  public void sourceEnded(Stream stream, Publication source) {
    Kept ended =
        kept.computeIfPresent(
            stream.key(),
            (key, present) -> {
              if (present.source == source) {
                present.source = null;
                present.end = ends.incrementAndGet();
                idle.incrementAndGet();
              }
              return present;
            });
    if (ended == null || !source.isLocal()) {
      return;
    }
    stream.removeTap(ended.packager);
    ended.tapped = false;
    long end = ended.end;
    boolean nothing = ended.packager.playlist() == null;
    if (nothing || stream.loop().isShuttingDown()) {
      drop(ended, end);
    } else {
      long keepMs = settings.keep().toMillis();
      stream.loop().schedule(() -> drop(ended, end), keepMs, TimeUnit.MILLISECONDS);
    }
    while (idle.get() > settings.maxKept() && dropOldestEnded()) {}
  }

  /** Keeps the memory of all within its bound; any packager's new segment leads here. */
  private void bound() {
    // Who finds it locked leaves it to the one who is at it, or to the next segment.
    if (memory() <= settings.maxTotalBytes() || !bounding.tryLock()) {
      return;
    }
    try {
      boolean fits = false;
      do {
        fits = memory() <= settings.maxTotalBytes();
      } while (!fits && dropOldestEnded());
      for (int left = settings.window(); !fits && left >= FEWEST; left = left > FEWEST ? FEWEST : 0) {
        fits = shorten(left);
      }
    } finally {
      bounding.unlock();
    }
  }

  /** Leaves {@code left} segments to those that take the most, until all fit. */
  private boolean shorten(int left) {
    record Size(HlsPackager packager, long bytes) {}
    List<Size> sizes = new ArrayList<>();
    kept.values().forEach(each -> sizes.add(new Size(each.packager, each.packager.memory())));
    sizes.sort(Comparator.comparingLong(Size::bytes).reversed());
    for (Size largest : sizes) {
      if (memory() <= settings.maxTotalBytes()) {
        return true;
      }
      largest.packager.keepNewest(left);
    }
    return memory() <= settings.maxTotalBytes();
  }

  /** Says whether there was one. */
  private boolean dropOldestEnded() {
    Kept oldest = null;
    long first = Long.MAX_VALUE;
    for (Kept each : kept.values()) {
      long end = each.end;
      if (end != 0 && end < first) {
        first = end;
        oldest = each;
      }
    }
    if (oldest != null) {
      drop(oldest, first);
    }
    return oldest != null;
  }

  /** Closes a packager unless a source came again since that end of one. */
  private void drop(Kept candidate, long end) {
    boolean[] dropped = new boolean[1];
    kept.computeIfPresent(
        candidate.packager.key(),
        (key, present) -> {
          dropped[0] = present == candidate && end != 0 && present.end == end;
          return dropped[0] ? null : present;
        });
    if (dropped[0]) {
      idle.decrementAndGet();
      candidate.packager.close();
    }
  }

  /** Closes all of them: the node stops. Streams that are published later are not packaged. */
  public void close() {
    closed = true;
    for (Iterator<Kept> each = kept.values().iterator(); each.hasNext(); ) {
      each.next().packager.close();
      each.remove();
    }
  }
}
