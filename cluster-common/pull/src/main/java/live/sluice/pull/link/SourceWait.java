package live.sluice.pull.link;

import io.netty.channel.EventLoop;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Stream;
import live.sluice.media.StreamFollower;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Has a stream pulled, and tells its source as soon as there is one. It follows the stream for as long as it is wanted: a
 * stream that is served is never without anybody who wants it. Thread-safe.
 */
public final class SourceWait implements StreamFollower {
  private final StreamRegistry registry;
  private final Consumer<Publication> found;
  private final BiConsumer<ErrorCode, String> failed;

  // On the stream's loop.
  private boolean told;
  private volatile boolean stopped;

  private volatile @Nullable Stream stream;

  /**
   * Waits for nothing yet.
   *
   * @param found told of the first source, on the stream's loop
   * @param failed told where the stream ends before there was one, on its loop
   */
  public SourceWait(StreamRegistry registry, Consumer<Publication> found, BiConsumer<ErrorCode, String> failed) {
    this.registry = registry;
    this.found = found;
    this.failed = failed;
  }

  /** Begins; {@code loop} is the stream's where it is new. */
  public void begin(StreamKey key, EventLoop loop) {
    registry.follow(
        key,
        followed -> {
          stream = followed;
          if (stopped && !loop.isShuttingDown()) {
            // Not at once, which would be before it follows.
            followed.loop().execute(() -> followed.unfollow(this));
          }
          return this;
        },
        loop);
  }

  /** Nobody wants it any more; from any thread. */
  public void stop() {
    stopped = true;
    Stream followed = stream;
    if (followed != null) {
      followed.run(() -> followed.unfollow(this));
    }
  }

  @Override
  public void onSource(Publication source) {
    if (!told) {
      told = true;
      found.accept(source);
    }
  }

  @Override
  public void onSourceEnded(Publication source) {}

  @Override
  public void onEnd(ErrorCode code, String why) {
    if (!told) {
      told = true;
      failed.accept(code, why);
    }
  }
}
