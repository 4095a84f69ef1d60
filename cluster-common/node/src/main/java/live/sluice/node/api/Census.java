package live.sluice.node.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.hop.control.NodeLoad;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.node.state.NodeView;
import live.sluice.node.topology.NodePart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One round over all nodes of all regions: those that are known here are asked at once, those that they know of as soon as
 * they say so, each once, and what has not answered at the deadline is missing.
 */
final class Census {
  static final String URI = "/api/v1/topology?scope=node";

  private static final long DEADLINE_MS = 1_000;

  /** More nodes than this are not asked: what others say must not make this one ask the world. */
  private static final int MOST_NODES = 2_000;

  /**
   * What came of it.
   *
   * @param nodes where each node is, by its name
   * @param known what others said of each
   * @param answers what each said itself
   * @param missing why one did not answer
   */
  record Result(
      Map<String, NodeInfo> nodes, Map<String, JsonNode> known, Map<String, JsonNode> answers, Map<String, String> missing) {}

  private final ClusterQuery query;
  private final Map<String, NodeInfo> nodes = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> known = new ConcurrentSkipListMap<>();
  private final Map<String, JsonNode> answers = new ConcurrentSkipListMap<>();
  private final Map<String, String> missing = new ConcurrentSkipListMap<>();
  private final AtomicInteger asked = new AtomicInteger(1);
  private final Promise<Result> done = Promise.promise();

  private Census(ClusterQuery query) {
    this.query = query;
  }

  /** Makes the round. The future never fails. */
  static Future<Result> take(ClusterQuery query, NodeView node, NodePart part) {
    Census census = new Census(query);
    NodeInfo self = node.self();
    census.nodes.put(self.id(), self);
    ObjectNode mine = part.doc();
    census.answers.put(self.id(), mine);
    query.later(DEADLINE_MS, census::end);
    census.hear(mine, part.others().stream().map(NodeLoad::node).toList());
    census.oneLess();
    return census.done.future();
  }

  private void hear(JsonNode answer, Iterable<NodeInfo> others) {
    for (JsonNode other : answer.path("others")) {
      known.putIfAbsent(other.path("name").asString(), other);
    }
    others.forEach(this::ask);
  }

  private void ask(NodeInfo node) {
    if (nodes.size() >= MOST_NODES || nodes.putIfAbsent(node.id(), node) != null) {
      return;
    }
    asked.incrementAndGet();
    query
        .askOne(node, URI)
        .onComplete(
            answer -> {
              if (answer.path("node").isObject()) {
                answers.put(node.id(), answer);
                hear(answer, Others.of(answer));
              } else {
                missing.put(node.id(), "it is of a version that does not tell");
              }
              oneLess();
            },
            failure -> {
              missing.put(node.id(), SluiceException.chainOf(failure));
              oneLess();
            });
  }

  private void oneLess() {
    if (asked.decrementAndGet() == 0) {
      end();
    }
  }

  private void end() {
    Map<String, String> absent = new ConcurrentSkipListMap<>(missing);
    for (String name : nodes.keySet()) {
      if (!answers.containsKey(name)) {
        absent.putIfAbsent(name, "it did not answer within " + DEADLINE_MS + " ms");
      }
    }
    done.tryComplete(
        new Result(Map.copyOf(nodes), Map.copyOf(known), new ConcurrentSkipListMap<>(answers), absent));
  }
}
