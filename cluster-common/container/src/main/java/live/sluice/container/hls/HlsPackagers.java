package live.sluice.container.hls;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The packagers of a node: one for every stream that is published here, from the publish on, and for some time after its
 * end, so that another publish continues it. Streams that are pulled are not packaged. Thread-safe.
 *
 * <p>A packager that is found says nothing of who owns the stream now: ask the directory first.
 */
public final class HlsPackagers implements StreamRegistry.Listener {
  private final HlsSettings settings;
  private final Ticker ticker;
  private final Map<StreamKey, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicInteger idle = new AtomicInteger();
  private volatile boolean closed;

  /** {@code source} is the one that feeds it, null after its end; only changed within the map's own lock. */
  private static final class Kept {
    final HlsPackager packager;
    @Nullable Publication source;

    /** How many sources it had: an older one's time-out is not for a newer one. */
    int sources;

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
                present = new Kept(new HlsPackager(key, settings, ticker));
              } else if (present.source == null) {
                idle.decrementAndGet();
              }
              present.source = source;
              present.sources++;
              return present;
            });
    now.packager.sourceStarted(source.entry());
    stream.addTap(now.packager);
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
                idle.incrementAndGet();
              }
              return present;
            });
    if (ended == null || !source.isLocal()) {
      return;
    }
    stream.removeTap(ended.packager);
    int sources = ended.sources;
    boolean nothing = ended.packager.playlist() == null;
    if (nothing || idle.get() > settings.maxKept() || stream.loop().isShuttingDown()) {
      drop(stream.key(), ended, sources);
    } else {
      long keepMs = settings.keep().toMillis();
      stream.loop().schedule(() -> drop(stream.key(), ended, sources), keepMs, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes a packager unless a source came again since it had {@code sources} of them. */
  private void drop(StreamKey key, Kept candidate, int sources) {
    boolean[] dropped = new boolean[1];
    kept.computeIfPresent(
        key,
        (k, present) -> {
          dropped[0] = present == candidate && present.source == null && present.sources == sources;
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
