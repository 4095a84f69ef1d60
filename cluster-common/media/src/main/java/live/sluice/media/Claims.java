package live.sluice.media;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who may publish a stream: one at a time on this node, and of several nodes the one to which the directory gives it. A
 * stream is held for a publisher while the directory is asked. Thread-safe; each decision is made on its stream's loop.
 */
final class Claims {
  /** Sound alone comes fifty times a second. */
  private static final long SILENT_MS = 2_000;

  private final MediaSettings settings;
  private final StreamDirectory directory;
  private final Ticker ticker;
  private final BiFunction<StreamKey, EventLoop, Stream> open;

  /**
   * None yet.
   *
   * @param open gives the stream of a name, made on that loop where there is none
   */
  Claims(
      MediaSettings settings,
      StreamDirectory directory,
      Ticker ticker,
      BiFunction<StreamKey, EventLoop, Stream> open) {
    this.settings = settings;
    this.directory = directory;
    this.ticker = ticker;
    this.open = open;
  }

  /** Asks for a stream, for {@link StreamRegistry#publish(StreamKey, StreamRegistry.Publisher, EventLoop)}. */
  CompletionStage<Publication> ask(StreamKey key, StreamRegistry.Publisher publisher, EventLoop loop) {
    CompletableFuture<Publication> answer = new CompletableFuture<>();
    reserveAndClaim(key, publisher, loop, answer);
    return answer;
  }

  /** A stream that was closed in the meantime is made anew. */
  private void reserveAndClaim(
      StreamKey key, StreamRegistry.Publisher publisher, EventLoop loop, CompletableFuture<Publication> answer) {
    Stream stream = open.apply(key, loop);
    stream.run(
        () -> {
          if (stream.isClosed()) {
            reserveAndClaim(key, publisher, loop, answer);
            return;
          }
          Publication present = stream.source();
          if (present != null && present.isLocal() && isGoneWithoutAWord(present)) {
            present.end(ErrorCode.PUBLISH_IDLE, "it sends nothing, and another publisher has come");
            present = null;
          }
          boolean taken = present != null && present.isLocal() && !settings.takeOver();
          if (taken || stream.isReserved()) {
            answer.completeExceptionally(busy(key, "this node"));
            return;
          }
          stream.reserve();
          directory
              .claim(key, settings.takeOver())
              .whenComplete((claim, failure) -> stream.run(() -> claimed(stream, publisher, claim, failure, answer)));
        });
  }

  /**
   * Whether nothing has come for so long that its publisher will not be back: a browser's page that is closed or loaded
   * anew says nothing, and whoever loaded it is not to wait until that is noticed.
   */
  private boolean isGoneWithoutAWord(Publication present) {
    return present.form() == MediaForm.PACKETS && ticker.millis() - present.lastFrameMs() > SILENT_MS;
  }

  private void claimed(
      Stream stream,
      StreamRegistry.Publisher publisher,
      StreamDirectory.@Nullable Claim claim,
      @Nullable Throwable failure,
      CompletableFuture<Publication> answer) {
    stream.unreserve();
    switch (claim) {
      case StreamDirectory.Claim.Granted granted -> {
        if (stream.isClosed()) {
          directory.release(granted.entry());
          answer.completeExceptionally(
              new SluiceException(ErrorCode.DRAINING, "can't publish " + stream.key() + ": the node is stopping"));
        } else {
          answer.complete(stream.connect(granted.entry(), true, publisher));
        }
      }
      case StreamDirectory.Claim.Refused refused ->
          answer.completeExceptionally(busy(stream.key(), refused.owner().owner().id()));
      case StreamDirectory.Claim.Unavailable unavailable ->
          answer.completeExceptionally(
              new SluiceException(
                  ErrorCode.CLUSTER_UNAVAILABLE, "can't publish " + stream.key() + ": " + unavailable.why()));
      case null ->
          answer.completeExceptionally(
              new SluiceException(
                  ErrorCode.CLUSTER_UNAVAILABLE, "can't publish " + stream.key() + ": the claim failed", failure));
    }
  }

  private static SluiceException busy(StreamKey key, String where) {
    return new SluiceException(
        ErrorCode.STREAM_BUSY, "can't publish " + key + ": somebody publishes it already, at " + where);
  }

  /** Another node's publisher won {@code stream}: ours must go, if it still is that one. */
  void lost(Stream stream, StreamEntry mine, StreamEntry winner) {
    stream.run(
        () -> {
          Publication present = stream.source();
          if (present != null && present.isLocal() && present.entry().epoch() == mine.epoch()) {
            present.end(
                ErrorCode.PUBLISH_REPLACED, "another publisher of " + mine.key() + " won, at " + winner.owner().id());
          }
        });
  }
}
