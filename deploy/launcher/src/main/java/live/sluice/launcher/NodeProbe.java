package live.sluice.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks nodes by their HTTP API how they are. One for a command; any thread. */
public final class NodeProbe implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Asks one node; what can't be learnt is 0.
   *
   * @param host the address that it is reached at
   */
  public NodeStatus ask(String host, NodePlan node, ProcessIdentity process) {
    if (!process.isAlive()) {
      return NodeStatus.of(node, host, "stopped");
    }
    String api = "http://" + host + ":" + node.ports().api();
    try {
      HttpResponse<String> ready = get(api + "/health/ready");
      JsonNode self = JSON.readTree(get(api + "/api/v1/summaries").body()).path("data").path("self");
      String state = self.path("state").asString(ready.statusCode() == 200 ? "running" : "starting");
      return new NodeStatus(
          node,
          host,
          self.path("region").asString("default"),
          state,
          ready.statusCode() == 200,
          self.path("directory").asString("ok").equals("ok"),
          self.path("streams").asInt(0),
          self.path("players").asInt(0),
          self.path("kbps").path("recv_30s").asLong(0),
          self.path("kbps").path("send_30s").asLong(0),
          self.path("ports").has("rtc"));
    } catch (IOException | JacksonException notYet) {
      return NodeStatus.of(node, host, "starting");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NodeStatus.of(node, host, "unknown");
    }
  }

  /**
   * The regions that a node has hops to, its own among them where it has some there; null where it does not say, or makes
   * no hops at all.
   *
   * @param host the address that it is reached at
   */
  public @Nullable Set<String> linkedRegions(String host, NodePlan node) {
    try {
      JsonNode part = JSON.readTree(get("http://" + host + ":" + node.ports().api() + "/api/v1/topology?scope=node").body());
      if (part.path("node").path("ports").path("hop").asInt(0) == 0) {
        return null;
      }
      Set<String> regions = new HashSet<>();
      part.path("hops").forEach(hop -> regions.add(hop.path("peer_region").asString("")));
      return regions;
    } catch (IOException | JacksonException unknown) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Asks all of them at once, so that one that does not answer costs no more than its own time-out. */
  List<NodeStatus> askAll(ClusterState cluster) {
    var answers =
        cluster.nodes().stream()
            .map(
                node ->
                    CompletableFuture.supplyAsync(
                        () -> ask(cluster.host(), node.plan(), node.process()), Thread::startVirtualThread))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** Returns true when something answers at this address with status 200. */
  boolean answers(String url) {
    try {
      return get(url).statusCode() == 200;
    } catch (IOException no) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
