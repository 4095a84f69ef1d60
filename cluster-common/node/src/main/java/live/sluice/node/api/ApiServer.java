package live.sluice.node.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.ApiSection;
import live.sluice.node.config.TlsSection;
import live.sluice.node.metrics.NodeMetrics;
import live.sluice.node.state.NodeView;
import live.sluice.rtc.whip.RtcSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the API over HTTP, and over HTTPS where a certificate is configured. */
public final class ApiServer {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** How long a client may take to read that its body is refused, in ms. */
  private static final long LINGER_MS = 1_000;

  private final Vertx vertx;
  private final ApiSection settings;
  private final int port;
  private final TlsSection tls;
  private final Api api;
  private final Router router;
  private final WriteGuard guard;

  /**
   * Builds the routes; opens nothing yet.
   *
   * @param rtc opens the sessions that WHIP and WHEP ask for
   */
  public ApiServer(Vertx vertx, NodeView node, NodeMetrics metrics, RtcSessions rtc) {
    this.vertx = vertx;
    this.settings = node.config().api();
    this.port = node.self().apiPort();
    this.tls = node.config().tls();
    this.guard = new WriteGuard(settings.token(), settings.listen());
    ClusterQuery cluster =
        new ClusterQuery(vertx, node.directory(), node.self().id(), settings.clusterTimeout());
    WhipEndpoint whip = new WhipEndpoint(node, rtc, new Tokens(() -> node.config().auth()));
    this.api = new Api(node, metrics, cluster, guard, whip);
    this.router = api.router();
  }

  /** Opens {@code api.port}, or the port that was chosen for 0. Its end comes with that of Vert.x. */
  public CompletionStage<HttpServer> open() {
    return listen(options(), port).toCompletionStage();
  }

  /** Opens {@code api.tls-port}; only with a certificate. */
  public CompletionStage<HttpServer> openTls() {
    HttpServerOptions options =
        options()
            .setSsl(true)
            .setKeyCertOptions(new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()));
    return listen(options, settings.tlsPort()).toCompletionStage();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(4_096)
        .setMaxHeaderSize(16_384)
        .setCompressionSupported(true)
        .setHandle100ContinueAutomatically(true)
        .setIdleTimeout(60);
  }

  private Future<HttpServer> listen(HttpServerOptions options, int port) {
    return vertx.createHttpServer(options).requestHandler(this::handle).listen(port, settings.listen());
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    String method = request.method().name();
    Router.Match match = router.find(method, path);
    Router.Route route = match.route();
    if (route == null && method.equals("OPTIONS")) {
      preflight(request, match);
    } else if (route == null) {
      send(request, nothing(method, path, match));
    } else if (route.maxBody() > 0) {
      RequestBody.read(vertx, request, route.maxBody())
          .onSuccess(body -> answer(request, path, route, match, body))
          .onFailure(failure -> refuseBody(request, path, failure));
    } else {
      answer(request, path, route, match, "");
    }
  }

  private Answer nothing(String method, String path, Router.Match match) {
    if (match.allowed().isEmpty()) {
      return api.envelope().error(ErrorCode.NOT_FOUND, "nothing is at " + path, null);
    }
    return api.envelope()
        .error(ErrorCode.BAD_REQUEST, path + " does not know " + method, null)
        .withStatus(405)
        .with("Allow", String.join(", ", match.allowed()));
  }

  /**
   * What is left of the body must not be taken for the next request. The connection is closed a little later: a client
   * that still sends would not read the answer of one that is closed at once.
   */
  private void refuseBody(HttpServerRequest request, String path, Throwable failure) {
    send(request, failure(path, failure).with("Connection", "close"));
    vertx.setTimer(LINGER_MS, id -> request.connection().close());
  }

  private void answer(
      HttpServerRequest request, String path, Router.Route route, Router.Match match, String body) {
    CompletionStage<Answer> stage;
    try {
      stage = route.endpoint().answer(take(request, match.parameters(), body));
    } catch (RuntimeException e) {
      send(request, failure(path, e));
      return;
    }
    Context context = vertx.getOrCreateContext();
    stage.whenComplete(
        (answer, failure) ->
            context.runOnContext(ready -> send(request, answer == null ? failure(path, failure) : answer)));
  }

  private static Request take(HttpServerRequest request, Map<String, String> parameters, String body) {
    Map<String, String> query = new HashMap<>();
    try {
      request.params().forEach(argument -> query.putIfAbsent(argument.getKey(), argument.getValue()));
    } catch (IllegalArgumentException e) {
      throw new SluiceException(ErrorCode.BAD_REQUEST, "the query can't be decoded", e);
    }
    Peer peer =
        new Peer(
            bracketed(request.remoteAddress().hostAddress()) + ':' + request.remoteAddress().port(),
            request.localAddress().hostAddress(),
            request.isSSL() ? "https" : "http");
    return new Request(request.uri(), parameters, query, request::getHeader, peer, body);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
  }

  private Answer failure(String path, @Nullable Throwable failure) {
    ErrorCode code = SluiceException.codeOf(failure);
    if (code == ErrorCode.INTERNAL) {
      LOG.atError().addKeyValue("path", path).setCause(failure).log("API request failed");
    }
    String message = failure == null ? "no answer" : SluiceException.chainOf(failure);
    return api.envelope().error(code, message, null);
  }

  /** A page may read; it may write only where a token is asked for, which it does not have by itself. */
  private void preflight(HttpServerRequest request, Router.Match match) {
    HttpServerResponse response = request.response();
    String methods = String.join(", ", match.allowed());
    if (!guard.hasToken()) {
      methods = methods.replace("DELETE, ", "").replace("DELETE", "");
    }
    cors(response);
    response
        .putHeader("Access-Control-Allow-Methods", methods)
        .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type")
        .putHeader("Access-Control-Max-Age", "600")
        .setStatusCode(204)
        .end();
  }

  private void cors(HttpServerResponse response) {
    if (!settings.corsOrigin().isEmpty()) {
      response.putHeader("Access-Control-Allow-Origin", settings.corsOrigin());
    }
  }

  private void send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      answer.undo().run();
      return;
    }
    cors(response);
    answer.headers().forEach(response::putHeader);
    response.setStatusCode(answer.status()).putHeader("Cache-Control", "no-store");
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(answer.body());
    }
  }
}
