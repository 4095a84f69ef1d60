package live.sluice.node.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import live.sluice.node.topology.StreamTree;
import tools.jackson.databind.node.ObjectNode;

/** What the cluster looks like: nodes and hops, the tree of a stream, the way of a session. */
final class TopologyEndpoint {
  private static final String PATH = "/api/v1/topology";

  private final NodeView node;
  private final Traffic traffic;
  private final Envelope envelope;
  private final StreamTree tree;

  TopologyEndpoint(NodeView node, Traffic traffic, Envelope envelope) {
    this.node = node;
    this.traffic = traffic;
    this.envelope = envelope;
    this.tree = new StreamTree(node, traffic);
  }

  void addTo(Router router) {
    router.add("GET", PATH + "/streams/{app}/{name}", this::stream);
  }

  private CompletionStage<Answer> stream(Request request) {
    String vhost = request.query().getOrDefault("vhost", "");
    StreamKey key =
        new StreamKey(
            vhost.isEmpty() ? StreamKey.DEFAULT_VHOST : node.config().vhostOf(vhost),
            request.parameter("app"),
            request.parameter("name"));
    traffic.refresh();
    ObjectNode doc = tree.of(key);
    if (doc == null) {
      throw new SluiceException(ErrorCode.STREAM_NOT_FOUND, "nobody is known here to publish " + key);
    }
    return answer(doc);
  }

  private CompletionStage<Answer> answer(ObjectNode doc) {
    return CompletableFuture.completedFuture(Answer.json(200, envelope.good().setAll(doc)));
  }
}
