package live.sluice.node.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks all other nodes of the region the same question at once, and waits for none of them longer than is told. */
final class ClusterQuery {
  private static final int MAX_BODY_BYTES = 16 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * What came back.
   *
   * @param answers by node
   * @param missing why a node did not answer, by node
   */
  record Result(Map<String, JsonNode> answers, Map<String, String> missing) {}

  private final Vertx vertx;
  private final HttpClient client;
  private final StreamDirectory directory;
  private final String self;
  private final Duration timeout;

  ClusterQuery(Vertx vertx, StreamDirectory directory, String self, Duration timeout) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) timeout.toMillis()).setIdleTimeout(30),
            new PoolOptions().setHttp1MaxSize(2).setMaxWaitQueueSize(64));
    this.directory = directory;
    this.self = self;
    this.timeout = timeout;
  }

  /** Asks; the future never fails. */
  Future<Result> ask(String uri) {
    Result result = new Result(new ConcurrentSkipListMap<>(), new ConcurrentSkipListMap<>());
    List<Future<?>> all = new ArrayList<>();
    for (NodeInfo node : directory.nodes()) {
      if (!node.id().equals(self)) {
        all.add(
            ask(node, uri, false)
                .onSuccess(answer -> result.answers().put(node.id(), answer))
                .onFailure(failure -> result.missing().put(node.id(), SluiceException.chainOf(failure))));
      }
    }
    return Future.join(all)
        .transform(done -> Future.succeededFuture(new Result(result.answers(), new TreeMap<>(result.missing()))));
  }

  private Future<JsonNode> ask(NodeInfo node, String uri, boolean mayBeMissing) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(node.host())
            .setPort(node.apiPort())
            .setURI(uri)
            .setConnectTimeout(timeout.toMillis())
            .setIdleTimeout(timeout.toMillis());
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(
            response ->
                mayBeMissing && response.statusCode() == 404
                    ? Future.succeededFuture(Buffer.buffer())
                    : body(response))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(ClusterQuery::parse);
  }

  /** Does something later. */
  void later(long ms, Runnable task) {
    vertx.setTimer(ms, id -> task.run());
  }

  /**
   * Asks one node, of whatever region.
   *
   * @return fails where it does not answer; a missing node where it answers that there is no such thing
   */
  Future<JsonNode> askOne(NodeInfo node, String uri) {
    return ask(node, uri, true);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture(new IOException("it answered with status " + response.statusCode()));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(body));
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY_BYTES) {
            whole.tryFail(new IOException("its answer has more than " + (MAX_BODY_BYTES >> 20) + " MiB"));
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    return whole.future();
  }

  private static JsonNode parse(Buffer body) {
    if (body.length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body.getBytes());
    } catch (JacksonException e) {
      throw new IllegalStateException("its answer is not JSON", e);
    }
  }
}
