package live.sluice.pull;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamEntry;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Fetches HLS objects from the node that owns the stream: once, however many ask at the same time, and not again for as
 * long as the object holds. Thread-safe; it blocks virtual threads of its own, and nobody else's.
 */
public final class HlsFetcher implements AutoCloseable {
  /** A playlist is asked for again after this time: a fraction of any segment. */
  private static final long PLAYLIST_MS = 300;

  /** What was not found is asked for again after this time. */
  private static final long NOT_FOUND_MS = 300;

  private static final int MAX_OBJECT = 64 << 20;

  private final NodeInfo self;
  private final NodeCredential credential;
  private final PullSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable HttpClient client;
  private boolean closed;
  private final Map<String, CompletableFuture<HlsObject>> underWay = new ConcurrentHashMap<>();
  private final HlsCache cache;

  /**
   * An empty one.
   *
   * @param cacheBytes most bytes of objects to keep
   */
  public HlsFetcher(NodeInfo self, NodeCredential credential, PullSettings settings, long cacheBytes, Ticker ticker) {
    this.self = self;
    this.credential = credential;
    this.settings = settings;
    this.cache = new HlsCache(cacheBytes, ticker);
  }

  /** Makes ready, aside, what the first fetch would have to wait for. To be called when there is time for it. */
  public void warmUp() {
    threads.execute(this::client);
  }

  /** The client, made at the first call: that takes over a tenth of a second, as it reads the machine's certificates. */
  private synchronized HttpClient client() {
    if (closed) {
      throw new IllegalStateException("the node stops");
    }
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(settings.connectTimeout())
              .executor(threads)
              .build();
      client = made;
    }
    return made;
  }

  /**
   * The object under {@code path} of the stream of {@code entry}, from its owner. The future fails with {@link
   * ErrorCode#UPSTREAM_FAILED} when the owner can't be reached; it completes on any thread.
   */
  public CompletableFuture<HlsObject> fetch(StreamEntry entry, String path) {
    // The epoch is part of the name: what a dead owner answered is nobody's answer now.
    String name = entry.owner().httpAuthority() + '#' + entry.epoch() + NodePaths.withVhost(path, entry.key(), "");
    HlsObject known = cache.get(name);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<HlsObject> mine = new CompletableFuture<>();
    CompletableFuture<HlsObject> theirs = underWay.putIfAbsent(name, mine);
    if (theirs != null) {
      return theirs;
    }
    HlsObject fetched = cache.get(name);
    if (fetched != null) {
      // Who had it under way finished between our two looks.
      underWay.remove(name, mine);
      mine.complete(fetched);
      return mine;
    }
    Future<?> task = threads.submit(() -> fetch(entry, path, name, mine));
    // The client's own time-out ends with the headers; an owner that hangs within a body must not hold the name for ever.
    mine.orTimeout(settings.connectTimeout().plus(settings.idleTimeout().multipliedBy(2)).toMillis(), MILLISECONDS)
        .whenComplete(
            (object, failure) -> {
              underWay.remove(name, mine);
              if (failure != null) {
                task.cancel(true);
              }
            });
    return mine;
  }

  private void fetch(StreamEntry entry, String path, String name, CompletableFuture<HlsObject> into) {
    try {
      HlsObject object = get(entry, path);
      cache.put(name, object, holdMs(path, object));
      into.complete(object);
    } catch (IOException | InterruptedException | RuntimeException e) {
      into.completeExceptionally(
          new SluiceException(
              ErrorCode.UPSTREAM_FAILED, "can't fetch " + path + " from " + entry.owner().id() + whereItIs(entry), e));
    }
  }

  /** HLS of another region comes by HTTP, and only where the owner's port is open to this one. */
  private String whereItIs(StreamEntry entry) {
    NodeInfo owner = entry.owner();
    return owner.region().equals(self.region())
        ? ""
        : " of region " + owner.region() + ", which must be reached at " + owner.httpAuthority();
  }

  private static long holdMs(String path, HlsObject object) {
    return switch (object.status()) {
      case 200 -> path.endsWith(".ts") ? Long.MAX_VALUE : PLAYLIST_MS;
      case 404 -> NOT_FOUND_MS;
      default -> 0;
    };
  }

  private HlsObject get(StreamEntry entry, String path) throws IOException, InterruptedException {
    String target = NodePaths.withVhost(path, entry.key(), "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + entry.owner().httpAuthority() + target))
            // A playlist may be held back by its owner until the first segment is there.
            .timeout(settings.connectTimeout().plus(settings.idleTimeout()))
            .header(NodeCredential.HEADER, credential.sign(self.id(), path))
            .header(NodeCredential.PATH_HEADER, self.id())
            .build();
    HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      return new HlsObject(
          response.statusCode(),
          response.headers().firstValue("content-type").orElse("application/octet-stream"),
          response.headers().firstValue("cache-control").orElse("no-cache"),
          direct(readBounded(in, path)));
    }
  }

  /** Outside the heap, so that each player's connection sends from it without a copy; freed by the garbage collector. */
  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static byte[] readBounded(InputStream in, String path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    for (int n; (n = in.read(buffer)) >= 0; ) {
      if (out.size() + n > MAX_OBJECT) {
        throw new SluiceException(ErrorCode.TOO_LARGE, path + " is larger than " + (MAX_OBJECT >> 20) + " MiB");
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
    threads.shutdownNow();
  }
}
