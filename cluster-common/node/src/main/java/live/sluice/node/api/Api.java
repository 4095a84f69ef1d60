package live.sluice.node.api;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.node.metrics.NodeMetrics;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.Lifecycle;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints. What each answers is in {@code openapi.json}, which a test holds against the routes. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String V1 = "/api/v1/";

  private final NodeView node;
  private final NodeMetrics metrics;
  private final Traffic traffic;
  private final ClusterQuery cluster;
  private final WriteGuard guard;
  private final Envelope envelope;
  private final StreamDocs streams;
  private final ClientDocs clients;
  private final NodeDocs nodes;
  private final TopologyEndpoint topology;
  private final WhipEndpoint whip;
  private final String openApi;

  Api(NodeView node, NodeMetrics metrics, ClusterQuery cluster, WriteGuard guard, WhipEndpoint whip) {
    this.node = node;
    this.metrics = metrics;
    this.traffic = metrics.traffic();
    this.cluster = cluster;
    this.guard = guard;
    this.whip = whip;
    this.envelope = new Envelope(node);
    Ids ids = new Ids(node.self().incarnation());
    this.streams = new StreamDocs(node, traffic, ids);
    this.clients = new ClientDocs(node, traffic, ids);
    this.nodes = new NodeDocs(node, traffic);
    this.topology = new TopologyEndpoint(node, traffic, envelope, cluster);
    this.openApi = resource("openapi.json");
  }

  Router router() {
    Router router = new Router();
    router
        .add("GET", "/api/v1/versions", request -> data(nodes.versions()))
        .add("GET", "/api/v1/summaries", this::summaries)
        .add("GET", "/api/v1/vhosts", this::vhosts)
        .add("GET", "/api/v1/vhosts/{id}", this::vhost)
        .add("GET", "/api/v1/streams", request -> list(request, "streams", this::streamDocs))
        .add("GET", "/api/v1/streams/{id}", this::stream)
        .add("GET", "/api/v1/clients", request -> list(request, "clients", this::clientDocs))
        .add("GET", "/api/v1/clients/{id}", this::client)
        .add("DELETE", "/api/v1/clients/{id}", this::kick)
        .add("GET", "/api/v1/nodes", this::nodes)
        .add("GET", "/api/v1/openapi.json", request -> done(text("application/json; charset=utf-8", openApi)))
        .add("GET", "/metrics", request -> done(text(NodeMetrics.CONTENT_TYPE, metrics.scrape())))
        .add("GET", "/health/live", request -> done(live()))
        .add("GET", "/health/ready", request -> done(ready()));
    topology.addTo(router);
    whip.addTo(router);
    return router;
  }

  Envelope envelope() {
    return envelope;
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static Answer text(String type, String body) {
    return Answer.of(200, type, body);
  }

  private CompletionStage<Answer> data(JsonNode data) {
    ObjectNode answer = envelope.good();
    answer.set("data", data);
    return done(Answer.json(200, answer));
  }

  // ---- health ----

  /** Whether the process does anything at all: that this is answered says so. */
  private Answer live() {
    return Answer.json(200, Envelope.JSON.objectNode().put("live", true));
  }

  /** Whether new sessions are welcome. What is known of the directory is told, and decides nothing. */
  private Answer ready() {
    Lifecycle state = node.state().get();
    ObjectNode body =
        Envelope.JSON
            .objectNode()
            .put("ready", state.isReady())
            .put("state", state.label())
            .put("directory", node.directory().connected() ? "ok" : "lost");
    return Answer.json(state.isReady() ? 200 : 503, body);
  }

  // ---- lists ----

  private List<ObjectNode> streamDocs() {
    Map<StreamKey, Integer> numbers = StreamDocs.clients(node.sessions().all());
    List<ObjectNode> docs = new ArrayList<>();
    for (Stream stream : streams.all()) {
      docs.add(streams.doc(stream, numbers.getOrDefault(stream.key(), 0)));
    }
    return docs;
  }

  private List<ObjectNode> clientDocs() {
    List<ObjectNode> docs = new ArrayList<>();
    clients.all().forEach(session -> docs.add(clients.doc(session)));
    return docs;
  }

  private CompletionStage<Answer> list(Request request, String name, Supplier<List<ObjectNode>> mine) {
    int start = request.start();
    int count = request.count();
    traffic.refresh();
    List<JsonNode> all = new ArrayList<>(mine.get());
    if (!request.wholeCluster()) {
      return done(page(name, all, start, count, null));
    }
    return cluster
        .ask(V1 + name + "?count=" + Request.MAX_COUNT)
        .map(
            result -> {
              result.answers().values().forEach(answer -> answer.path(name).forEach(all::add));
              return page(name, all, start, count, result);
            })
        .toCompletionStage();
  }

  private Answer page(
      String name, List<JsonNode> all, int start, int count, ClusterQuery.@Nullable Result result) {
    ObjectNode answer = envelope.good();
    answer.put("start", start).put("count", count).put("total", all.size());
    ArrayNode items = answer.putArray(name);
    for (int i = start; i < all.size() && i - start < count; i++) {
      items.add(all.get(i));
    }
    if (result != null) {
      missing(answer, result);
    }
    return Answer.json(200, answer);
  }

  private static void missing(ObjectNode answer, ClusterQuery.Result result) {
    ArrayNode missing = answer.putArray("missing");
    result.missing().forEach((id, why) -> missing.addObject().put("node", id).put("why", why));
  }

  private CompletionStage<Answer> vhosts(Request request) {
    traffic.refresh();
    ObjectNode answer = envelope.good();
    answer.set("vhosts", nodes.vhosts());
    return done(Answer.json(200, answer));
  }

  // ---- one of them ----

  private CompletionStage<Answer> vhost(Request request) {
    traffic.refresh();
    for (JsonNode vhost : nodes.vhosts()) {
      if (vhost.path("id").asString().equals(request.parameter("id"))) {
        ObjectNode answer = envelope.good();
        answer.set("vhost", vhost);
        return done(Answer.json(200, answer));
      }
    }
    throw unknown("virtual host", request);
  }

  private CompletionStage<Answer> stream(Request request) {
    Stream stream = streams.find(request.parameter("id"));
    if (stream == null) {
      throw unknown("stream", request);
    }
    traffic.refresh();
    int number = StreamDocs.clients(node.sessions().all()).getOrDefault(stream.key(), 0);
    ObjectNode answer = envelope.good();
    answer.set("stream", streams.doc(stream, number));
    return done(Answer.json(200, answer));
  }

  private Session session(Request request) {
    Session session = node.sessions().find(request.parameter("id"));
    if (session == null) {
      throw unknown("client", request);
    }
    return session;
  }

  private CompletionStage<Answer> client(Request request) {
    Session session = session(request);
    traffic.refresh();
    ObjectNode answer = envelope.good();
    answer.set("client", clients.doc(session));
    return done(Answer.json(200, answer));
  }

  private CompletionStage<Answer> kick(Request request) {
    guard.check(request);
    Session session = session(request);
    LOG.atInfo().addKeyValue("session", session.id()).log("kicked by the API");
    session.end(ErrorCode.KICKED, "an operator ended the session");
    return done(Answer.json(200, envelope.good()));
  }

  private static SluiceException unknown(String what, Request request) {
    return new SluiceException(
        ErrorCode.NOT_FOUND, "there is no " + what + " '" + request.parameter("id") + "' on this node");
  }

  // ---- nodes ----

  private CompletionStage<Answer> summaries(Request request) {
    traffic.refresh();
    ObjectNode data = nodes.summary();
    if (!request.wholeCluster()) {
      return data(data);
    }
    return summariesOfAll()
        .map(
            result -> {
              ArrayNode all = data.putArray("nodes");
              all.add(data.get("self"));
              result.answers().values().forEach(answer -> all.add(answer.path("data").path("self")));
              data.set("cluster", sum(all).put("streams", node.directory().entries().size()));
              ObjectNode answer = envelope.good();
              answer.set("data", data);
              missing(answer, result);
              return Answer.json(200, answer);
            })
        .toCompletionStage();
  }

  private Future<ClusterQuery.Result> summariesOfAll() {
    return cluster.ask(V1 + "summaries");
  }

  private static ObjectNode sum(ArrayNode all) {
    ObjectNode sum = Envelope.JSON.objectNode().put("nodes", all.size());
    for (String name : List.of("players", "publishers", "sessions", "send_bytes", "recv_bytes")) {
      long total = 0;
      for (JsonNode each : all) {
        total += each.path(name).asLong(0);
      }
      sum.put(name, total);
    }
    ObjectNode kbps = sum.putObject("kbps");
    for (String name : List.of("recv_30s", "send_30s")) {
      long total = 0;
      for (JsonNode each : all) {
        total += each.path("kbps").path(name).asLong(0);
      }
      kbps.put(name, total);
    }
    return sum;
  }

  private CompletionStage<Answer> nodes(Request request) {
    traffic.refresh();
    ObjectNode answer = envelope.good();
    ArrayNode all = nodes.nodes();
    answer.set("nodes", all);
    if (!request.wholeCluster()) {
      return done(Answer.json(200, answer));
    }
    return summariesOfAll()
        .map(
            result -> {
              for (JsonNode each : all) {
                fill((ObjectNode) each, result);
              }
              missing(answer, result);
              return Answer.json(200, answer);
            })
        .toCompletionStage();
  }

  /** What a node says of itself is newer than what the directory has. */
  private static void fill(ObjectNode doc, ClusterQuery.Result result) {
    String id = doc.path("name").asString();
    JsonNode answer = result.answers().get(id);
    if (answer != null) {
      JsonNode self = answer.path("data").path("self");
      for (String name : List.of("state", "version", "streams", "players", "publishers", "kbps", "cpu_percent")) {
        if (self.has(name)) {
          doc.set(name, self.get(name));
        }
      }
    } else if (result.missing().containsKey(id)) {
      doc.put("state", "unreachable");
    }
  }

  private static String resource(String name) {
    try (InputStream in = Api.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + name, e);
    }
  }
}
