package live.sluice.node.api;

import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.LinkStatus;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.node.EventLoops;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.ApiSection;
import live.sluice.node.config.AuthSection;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.config.RtcSection;
import live.sluice.node.metrics.NodeMetrics;
import live.sluice.node.state.HopView;
import live.sluice.node.state.Lifecycle;
import live.sluice.node.state.NodeView;
import live.sluice.rtc.RtcTotals;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API of a node of which nothing else is there, on a free port. */
final class ApiFixture implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  final EventLoops loops = EventLoops.create(1);
  final FakeDirectory directory = new FakeDirectory();
  final Sessions sessions = new Sessions(100, 100, Ticker.SYSTEM);
  final StreamRegistry registry = new StreamRegistry(NodeConfig.defaults().mediaSettings(), directory, Ticker.SYSTEM);
  final NodeView view;
  final NodeMetrics metrics;
  final FakeRtcSessions rtcSessions = new FakeRtcSessions();
  volatile RtcTotals rtcTotals = RtcTotals.NONE;
  volatile List<LinkStatus> links = List.of();
  volatile Map<String, List<NodeLoad>> elsewhere = Map.of();
  volatile Set<String> suspected = Set.of();
  volatile Lifecycle state = Lifecycle.RUNNING;
  final int port;

  ApiFixture(String listen, String token) {
    this(listen, token, NodeConfig.defaults().rtc(), NodeConfig.defaults().auth());
  }

  /** Of a node that does WebRTC as told. */
  static ApiFixture withRtc(RtcSection rtc, AuthSection auth) {
    return new ApiFixture("127.0.0.1", "", rtc, auth);
  }

  private ApiFixture(String listen, String token, RtcSection rtc, AuthSection auth) {
    NodeConfig standard = NodeConfig.defaults();
    ApiSection api = standard.api();
    NodeConfig config =
        new NodeConfig(
            standard.node(), standard.rtmp(), standard.http(),
            new ApiSection(listen, 0, 0, token, api.corsOrigin(), api.clusterTimeout()),
            rtc, standard.hop(), standard.tls(), auth, standard.cluster(), standard.media(), standard.latency(), standard.vhosts(),
            standard.hls(), standard.pull(), standard.limits(), standard.log());
    view =
        new NodeView(
            () -> config, new NodeInfo("test-0", 1, NodeInfo.Role.ORIGIN, "local", "127.0.0.1", 1935, 8080, 0), sessions, registry, directory,
            () -> directory.nodes().stream().map(node -> new NodeView.NodeLoad(node, 0, 0)).toList(),
            () -> state, 8000, () -> rtcTotals,
            new HopView(() -> links, () -> elsewhere, id -> suspected.contains(id)), Ticker.SYSTEM);
    metrics = new NodeMetrics(view);
    try {
      HttpServer server =
          new ApiServer(loops.vertx(), view, metrics, rtcSessions).open().toCompletableFuture().get(10, TimeUnit.SECONDS);
      port = server.actualPort();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The endpoints by themselves. */
  Api api() {
    Tokens tokens = new Tokens(() -> view.config().auth());
    return new Api(view, metrics, null, new WriteGuard("", "127.0.0.1"), new WhipEndpoint(view, rtcSessions, tokens));
  }

  static ApiFixture onLoopback() {
    return new ApiFixture("127.0.0.1", "");
  }

  Session session(Session.Type type, StreamKey key, BiConsumer<ErrorCode, String> closer) {
    Session session = sessions.open(Session.Type.RTMP, "192.0.2.1:5000", closer);
    session.become(type, key);
    return session;
  }

  Publication publish(StreamKey key) throws Exception {
    Session session = session(Session.Type.RTMP_PUBLISH, key, (code, why) -> {});
    return registry
        .publish(key, session, loops.group().next(), (code, why) -> {})
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** Says that another node is there, whose API answers at that port. */
  void addNode(String id, int apiPort) {
    directory.addNode(new NodeInfo(id, 1, NodeInfo.Role.EDGE, "local", "127.0.0.1", 1, 2, apiPort));
  }

  HttpResponse<String> request(String method, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return request(method, path, headers, "");
  }

  HttpResponse<String> request(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher sent =
        body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method, sent);
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = request("GET", path, Map.of());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + ' ' + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  static List<String> names(JsonNode list, String field) {
    return list.values().stream().map(item -> item.path(field).asString()).toList();
  }

  @Override
  public void close() {
    registry.shutDown();
    metrics.close();
    http.close();
    loops.close();
  }
}
