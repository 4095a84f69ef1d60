package live.sluice.rtmp;

import java.util.concurrent.CompletionStage;
import live.sluice.media.Frame;
import live.sluice.media.Publication;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamRegistry;

/** Decides what becomes of a publish: taken by this node, passed on to another one, or refused. */
@FunctionalInterface
public interface PublishGate {

  /**
   * Opens a target. Called on the request's loop; the stage may complete on any thread, or fail with a
   * {@link SluiceException} whose code and message the publisher is told. Who no longer wants the target by then closes
   * it.
   */
  CompletionStage<? extends PublishTarget> open(PublishRequest request, PublishTarget.Owner owner);

  /** Takes every publish into the streams of this node. */
  static PublishGate local(StreamRegistry registry) {
    return (request, owner) ->
        registry
            .publish(request.key(), request.session(), request.loop(), owner::onEnded)
            .thenApply(LocalTarget::new);
  }

  /** A stream of this node. */
  record LocalTarget(Publication publication) implements PublishTarget {
    @Override
    public void frame(Frame frame) {
      publication.frame(frame);
    }

    @Override
    public void close() {
      publication.close();
    }
  }
}
