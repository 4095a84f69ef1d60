package live.sluice.node.api;

import java.util.concurrent.CompletionStage;

/** What a route leads to. */
@FunctionalInterface
interface Endpoint {
  /** The answer; a {@link live.sluice.media.SluiceException} becomes one with its code. On an event loop. */
  CompletionStage<Answer> answer(Request request);
}
