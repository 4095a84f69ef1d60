package live.sluice.node;

import io.vertx.core.http.HttpServer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.api.ApiServer;
import live.sluice.node.config.ApiSection;
import live.sluice.node.metrics.NodeMetrics;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import live.sluice.rtc.whip.RtcSessions;

/** What a node is watched and told by: metrics, and the API on a port of its own. */
public final class Control implements AutoCloseable {
  private static final long OPEN_MS = 10_000;

  private final NodeMetrics metrics;
  private final EventLoops loops;
  private final long timer;

  private Control(EventLoops loops, NodeView node) {
    this.loops = loops;
    this.metrics = new NodeMetrics(node);
    metrics.watch(loops.group());
    Traffic traffic = metrics.traffic();
    this.timer =
        loops
            .vertx()
            .setPeriodic(Traffic.SAMPLE_MS, id -> traffic.sample(key -> node.registry().find(key) != null));
  }

  /**
   * Begins to count, and opens the API's ports.
   *
   * @param rtc opens the sessions that WHIP and WHEP ask for
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  public static Control open(EventLoops loops, NodeView node, RtcSessions rtc) {
    Control control = new Control(loops, node);
    ApiServer server = new ApiServer(loops.vertx(), node, control.metrics, rtc);
    ApiSection api = node.config().api();
    try {
      await(server.open(), "api.port", api.listen(), node.self().apiPort());
      if (!node.config().tls().certificate().isEmpty()) {
        await(server.openTls(), "api.tls-port", api.listen(), api.tlsPort());
      }
      return control;
    } catch (RuntimeException e) {
      control.close();
      throw e;
    }
  }

  private static void await(CompletionStage<HttpServer> opening, String key, String host, int port) {
    try {
      opening.toCompletableFuture().get(OPEN_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw Listener.failure(key, host, port, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw Listener.failure(key, host, port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceException(ErrorCode.LISTEN_FAILED, "interrupted while opening " + key, e);
    }
  }

  /** Ends counting; the ports are closed with the event loops. */
  @Override
  public void close() {
    loops.vertx().cancelTimer(timer);
    metrics.close();
  }
}
