package live.sluice.node.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import live.sluice.container.hls.HlsPackager;
import live.sluice.container.hls.HlsPackagers;
import live.sluice.container.hls.HlsPlaylist;
import live.sluice.container.hls.HlsSegment;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.pull.HlsFetcher;
import live.sluice.pull.HlsObject;
import live.sluice.pull.NodePaths;
import org.jspecify.annotations.Nullable;

/**
 * HLS of every stream on every node: from this node's packager where it owns the stream, else from the owner, asked once
 * however many players wait. Thread-safe; stages complete on any thread.
 */
public final class HlsService {
  /** How long a player that came before the first segment is held. */
  private static final long FIRST_SEGMENT_MS = 10_000;

  /** Names never repeat, so that a cache may keep a segment for as long as it likes. */
  private static final String SEGMENT_CACHE_CONTROL = "public, max-age=3600, immutable";

  private final NodeInfo self;
  private final HlsPackagers packagers;
  private final StreamOwners owners;
  private final HlsFetcher fetcher;
  private final Responses responses;

  /**
   * Of a node.
   *
   * @param linger how long segments stay with their owner after the publisher has gone
   */
  public HlsService(
      NodeInfo self,
      HlsPackagers packagers,
      StreamDirectory directory,
      Duration linger,
      HlsFetcher fetcher,
      String corsOrigin,
      Ticker ticker) {
    this.self = self;
    this.packagers = packagers;
    this.owners = new StreamOwners(directory, self.region(), linger, ticker);
    this.fetcher = fetcher;
    this.responses = new Responses(corsOrigin);
  }

  /** Whether somebody publishes that stream, or did not long ago. */
  boolean knows(StreamKey key) {
    return owners.lookup(key) != null || packagers.find(key) != null;
  }

  /**
   * The answer to a request for a playlist.
   *
   * @param fromNode whether another node asks: it is answered for streams that this node owns, and for no other
   */
  CompletionStage<FullHttpResponse> playlist(StreamKey key, boolean fromNode) {
    StreamEntry entry = owners.lookup(key);
    if (entry != null && !entry.owner().sameAs(self)) {
      return fromNode ? notOwner(key, entry) : fetch(entry, NodePaths.playlist(key));
    }
    HlsPackager packager = packagers.find(key);
    if (packager == null) {
      return fromNode ? notOwner(key, null) : notFound(key + " is not published");
    }
    packagers.want(key);
    HlsPlaylist ready = packager.playlist();
    if (ready != null) {
      return CompletableFuture.completedFuture(response(ready));
    }
    return packager
        .firstPlaylist()
        .toCompletableFuture()
        .copy()
        .orTimeout(FIRST_SEGMENT_MS, TimeUnit.MILLISECONDS)
        .thenApply(this::response)
        .exceptionally(
            failure -> {
              ErrorCode code = SluiceException.codeOf(failure);
              return code == ErrorCode.INTERNAL
                  ? responses.error(ErrorCode.STREAM_NOT_FOUND, "the first segment of " + key + " is not there yet")
                  : responses.error(code, SluiceException.chainOf(failure));
            });
  }

  /** The answer to a request for a segment. */
  CompletionStage<FullHttpResponse> segment(StreamKey key, long epoch, long sequence, boolean fromNode) {
    HlsPackager packager = packagers.find(key);
    HlsSegment segment = packager == null ? null : packager.segment(epoch, sequence);
    if (segment != null) {
      try {
        ByteBuf bytes = segment.content().retainedDuplicate();
        return CompletableFuture.completedFuture(
            responses.of(200, HlsPlaylist.SEGMENT_CONTENT_TYPE, SEGMENT_CACHE_CONTROL, bytes));
      } finally {
        segment.release();
      }
    }
    StreamEntry entry = owners.lookup(key);
    if (entry == null || entry.owner().sameAs(self)) {
      return notFound("segment " + epoch + '-' + sequence + " of " + key + " is not there, or no longer");
    }
    return fromNode ? notOwner(key, entry) : fetch(entry, NodePaths.segment(key, epoch, sequence));
  }

  private FullHttpResponse response(HlsPlaylist playlist) {
    // Half the target duration at most, in whole seconds, is what a cache may keep it for.
    int maxAge = playlist.targetSeconds() / 2;
    String cacheControl = maxAge > 0 ? "public, max-age=" + maxAge : "no-cache";
    return responses.of(200, HlsPlaylist.CONTENT_TYPE, cacheControl, Unpooled.wrappedBuffer(playlist.bytes()));
  }

  private CompletionStage<FullHttpResponse> fetch(StreamEntry entry, String path) {
    return fetcher.fetch(entry, path).thenApply(this::response);
  }

  private FullHttpResponse response(HlsObject object) {
    ByteBuf body = Unpooled.wrappedBuffer(object.body().duplicate());
    // What the owner says to a node is not for players: that this node asked the wrong one, or with a wrong credential.
    return switch (object.status()) {
      case 200, 404, 501, 503 ->
          responses.of(object.status(), object.contentType(), object.cacheControl(), body);
      default ->
          responses.error(ErrorCode.UPSTREAM_FAILED, "the stream's owner answered " + object.status());
    };
  }

  private CompletionStage<FullHttpResponse> notFound(String why) {
    return CompletableFuture.completedFuture(responses.error(ErrorCode.STREAM_NOT_FOUND, why));
  }

  private CompletionStage<FullHttpResponse> notOwner(StreamKey key, @Nullable StreamEntry entry) {
    SluiceException refused = NodeGate.notOwner(key, entry);
    return CompletableFuture.completedFuture(
        responses.error(refused.code(), String.valueOf(refused.getMessage())));
  }
}
