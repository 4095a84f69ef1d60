package live.sluice.container.hls;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * The playlist that players are shown, and those who wait for the first one. It is changed under the packager's lock;
 * those who wait are told by {@link #announce} and {@link #close}, which want no lock held. It is read from any thread.
 */
final class ShownPlaylist {
  private volatile @Nullable HlsPlaylist playlist;
  private volatile CompletableFuture<HlsPlaylist> first = new CompletableFuture<>();
  private volatile @Nullable SluiceException failure;

  /** The playlist as it is now, null where there is none. */
  @Nullable HlsPlaylist now() {
    return playlist;
  }

  /** See {@link HlsPackager#firstPlaylist}. */
  CompletionStage<HlsPlaylist> first() {
    return first.copy();
  }

  void show(HlsPlaylist next) {
    playlist = next;
  }

  void hide() {
    playlist = null;
  }

  /** Hides what is shown: who asks from now on gets what comes next. */
  void restart() {
    playlist = null;
    first = first.isDone() ? new CompletableFuture<>() : first;
  }

  /** Another source may have what the one before had not. */
  void forgive() {
    failure = null;
    if (first.isCompletedExceptionally()) {
      first = new CompletableFuture<>();
    }
  }

  /** There will be none from this source. */
  void fail(SluiceException why) {
    failure = why;
  }

  /** Tells those who wait. */
  void announce() {
    CompletableFuture<HlsPlaylist> waited = first;
    if (waited.isDone() && !waited.isCompletedExceptionally()) {
      return;
    }
    HlsPlaylist now = playlist;
    SluiceException why = failure;
    if (now != null) {
      if (!waited.complete(now)) {
        first = CompletableFuture.completedFuture(now);
      }
    } else if (why != null) {
      waited.completeExceptionally(why);
    }
  }

  /** Tells those who wait that there will never be one. */
  void close(SluiceException why) {
    first.completeExceptionally(why);
  }
}
