package live.sluice.node.api;

import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import live.sluice.node.topology.NodePart;
import live.sluice.node.topology.SessionWay;
import live.sluice.node.topology.StreamTree;
import live.sluice.node.topology.WholeTopology;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the cluster looks like: nodes and hops, the tree of a stream, the way of a session. */
final class TopologyEndpoint {
  private static final String PATH = "/api/v1/topology";

  /** Most nodes on the way of a session: more is a circle. */
  private static final int MOST_STEPS = 8;

  private final NodeView node;
  private final Traffic traffic;
  private final Envelope envelope;
  private final ClusterQuery query;
  private final NodePart part;
  private final StreamTree tree;
  private final SessionWay way;
  private final Collapsed<Census.Result> censuses;
  private final Collapsed<ObjectNode> trees;
  private final Collapsed<ObjectNode> ways;

  TopologyEndpoint(NodeView node, Traffic traffic, Envelope envelope, ClusterQuery query) {
    this.node = node;
    this.traffic = traffic;
    this.envelope = envelope;
    this.query = query;
    this.part = new NodePart(node, traffic);
    this.tree = new StreamTree(node, traffic);
    this.way = new SessionWay(node, traffic);
    this.censuses = new Collapsed<>(node.ticker());
    this.trees = new Collapsed<>(node.ticker());
    this.ways = new Collapsed<>(node.ticker());
  }

  void addTo(Router router) {
    router
        .add("GET", PATH, this::topology)
        .add("GET", PATH + "/streams/{app}/{name}", this::stream)
        .add("GET", PATH + "/sessions/{id}", this::session);
  }

  private Answer answer(ObjectNode doc) {
    return Answer.json(200, envelope.good().setAll(doc));
  }

  private CompletionStage<Answer> done(ObjectNode doc) {
    return CompletableFuture.completedFuture(answer(doc));
  }

  // ---- all of it ----

  private CompletionStage<Answer> topology(Request request) {
    if (!request.wholeCluster("cluster")) {
      traffic.refresh();
      return done(part.doc());
    }
    return census()
        .map(result -> answer(WholeTopology.of(result.known(), result.answers(), result.missing())))
        .toCompletionStage();
  }

  private Future<Census.Result> census() {
    return censuses.get(
        "",
        () -> {
          traffic.refresh();
          return Census.take(query, node, part);
        });
  }

  // ---- a stream ----

  private CompletionStage<Answer> stream(Request request) {
    String vhost = request.query().getOrDefault("vhost", "");
    StreamKey key =
        new StreamKey(
            vhost.isEmpty() ? StreamKey.DEFAULT_VHOST : node.config().vhostOf(vhost),
            WhipTarget.decoded(request.parameter("app")),
            WhipTarget.decoded(request.parameter("name")));
    if (!request.wholeCluster()) {
      traffic.refresh();
      ObjectNode doc = tree.of(key);
      if (doc == null) {
        throw new SluiceException(ErrorCode.STREAM_NOT_FOUND, "nobody is known here to publish " + key);
      }
      return done(doc);
    }
    return trees.get(key.path(), () -> wholeTree(key)).map(this::answer).toCompletionStage();
  }

  private static String uriOf(StreamKey key) {
    return PATH + "/streams/" + key.app() + '/' + key.name() + "?scope=node&vhost="
        + URLEncoder.encode(key.vhost(), StandardCharsets.UTF_8);
  }

  private Future<ObjectNode> wholeTree(StreamKey key) {
    traffic.refresh();
    ObjectNode mine = tree.of(key);
    return askAll(uriOf(key))
        .map(
            answers -> {
              if (mine != null) {
                answers.put(node.self().id(), mine);
              }
              ObjectNode doc = Envelope.JSON.objectNode().put("stream", key.toString());
              ArrayNode nodes = doc.putArray("nodes");
              answers.values().stream().filter(JsonNode::isObject).forEach(nodes::add);
              return doc;
            });
  }

  /** What all other nodes say, by their names; who does not answer is not among them. */
  private Future<Map<String, JsonNode>> askAll(String uri) {
    return census()
        .compose(
            result -> {
              Map<String, JsonNode> answers = new ConcurrentSkipListMap<>();
              List<Future<?>> all = new ArrayList<>();
              for (NodeInfo other : result.nodes().values()) {
                if (!other.id().equals(node.self().id()) && result.answers().containsKey(other.id())) {
                  all.add(query.askOne(other, uri).onSuccess(answer -> answers.put(other.id(), answer)));
                }
              }
              return Future.join(all).transform(joined -> Future.succeededFuture(answers));
            });
  }

  // ---- a session ----

  private CompletionStage<Answer> session(Request request) {
    String id = request.parameter("id");
    if (!isId(id)) {
      throw unknown(id);
    }
    if (!request.wholeCluster("cluster")) {
      traffic.refresh();
      ObjectNode doc = way.of(id);
      if (doc == null) {
        throw unknown(id);
      }
      return done(doc);
    }
    return ways.get(id, () -> wholeWay(id)).map(this::answer).toCompletionStage();
  }

  private static SluiceException unknown(String id) {
    return new SluiceException(ErrorCode.NOT_FOUND, "there is no session '" + id + "'");
  }

  private static String uriOf(String id) {
    return PATH + "/sessions/" + id + "?scope=node";
  }

  private Future<ObjectNode> wholeWay(String id) {
    traffic.refresh();
    ObjectNode doc = Envelope.JSON.objectNode().put("session", id);
    doc.putArray("legs");
    ObjectNode mine = way.of(id);
    if (mine != null) {
      return follow(doc, mine, 1);
    }
    return askAll(uriOf(id))
        .compose(
            answers -> {
              for (JsonNode answer : answers.values()) {
                if (answer.isObject()) {
                  return follow(doc, answer, 1);
                }
              }
              return Future.failedFuture(unknown(id));
            });
  }

  /** Goes on from what one node said to the one that it names. */
  private Future<ObjectNode> follow(ObjectNode doc, JsonNode said, int steps) {
    said.path("legs").forEach(((ArrayNode) doc.get("legs"))::add);
    JsonNode next = said.path("next");
    if (!next.isObject() || steps >= MOST_STEPS) {
      return Future.succeededFuture(doc.put("whole", !next.isObject()));
    }
    NodeInfo from = Others.at(next.path("node"), next.path("region"), next.path("host"), next.path("api_port"));
    return sessionAt(from, next)
        .compose(id -> query.askOne(from, uriOf(id)))
        .transform(
            answer ->
                answer.succeeded() && answer.result().isObject()
                    ? follow(doc, answer.result(), steps + 1)
                    : Future.succeededFuture(doc.put("whole", false)));
  }

  /** The session to ask the next node for: the one that was named, or that by which it has the stream that was named. */
  private Future<String> sessionAt(NodeInfo from, JsonNode next) {
    if (next.has("session")) {
      return checked(next.path("session").asString(""));
    }
    StreamKey key;
    try {
      key = new StreamKey(next.path("vhost").asString(""), next.path("app").asString(""), next.path("name").asString(""));
    } catch (SluiceException e) {
      return Future.failedFuture(e);
    }
    return query.askOne(from, uriOf(key)).compose(tree -> checked(tree.path("source_session").asString("")));
  }

  private static Future<String> checked(String id) {
    return isId(id) ? Future.succeededFuture(id) : Future.failedFuture(unknown(id));
  }

  private static boolean isId(String text) {
    return text.matches("[0-9a-z]{1,32}");
  }
}
