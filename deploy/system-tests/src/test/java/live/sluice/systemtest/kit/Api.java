package live.sluice.systemtest.kit;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a node tells about itself: the HTTP API and the metrics. */
public final class Api {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  private final String node;
  private final URI base;

  /** The API of {@code node}. */
  public Api(NodeProcess node) {
    this(node.toString(), node.api("/"));
  }

  /** The API that answers at {@code base}, of a node that is called so in messages. */
  public Api(String node, URI base) {
    this.node = node;
    this.base = base;
  }

  /** GET of a path; fails unless the answer is 200 and its code 0. */
  public JsonNode get(String path) throws IOException {
    HttpConnection.Answer answer = HttpConnection.once(base.resolve(path), PATIENCE);
    String text = answer.text();
    if (answer.status() != 200) {
      throw new IOException(node + path + ": status " + answer.status() + ", " + text);
    }
    JsonNode json = JSON.readTree(text);
    if (json.path("code").asInt(-1) != 0) {
      throw new IOException(node + path + ": " + text);
    }
    return json;
  }

  /** DELETE of a path; returns the status. */
  public int delete(String path) throws IOException {
    try (HttpConnection connection = new HttpConnection(base.resolve(path), PATIENCE)) {
      HttpConnection.Answer answer = connection.send("DELETE", path, Map.of());
      answer.body().readAllBytes();
      return answer.status();
    }
  }

  /** Whether {@code app/name} has a publisher or an upstream at this node. */
  public boolean isLive(String stream) throws IOException {
    for (JsonNode each : get("/api/v1/streams?count=1000").path("streams")) {
      if (stream.equals(each.path("app").asString() + '/' + each.path("name").asString())) {
        return each.path("publish").path("active").asBoolean();
      }
    }
    return false;
  }

  /** The clients of this node, publishers and players. */
  public List<JsonNode> clients() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    get("/api/v1/clients?count=5000").path("clients").forEach(all::add);
    return all;
  }

  /** The sum of all samples of a metric whose labels contain each of {@code labels}, such as {@code code="1105"}. */
  public double metric(String name, String... labels) throws IOException {
    HttpConnection.Answer answer = HttpConnection.once(base.resolve("/metrics"), PATIENCE);
    String text = answer.text();
    Pattern sample = Pattern.compile("^" + Pattern.quote(name) + "(\\{[^\\n]*\\})? ([-+0-9.eE]+|NaN)", Pattern.MULTILINE);
    Matcher matcher = sample.matcher(text);
    double sum = 0;
    while (matcher.find()) {
      String found = matcher.group(1) == null ? "" : matcher.group(1);
      boolean all = true;
      for (String label : labels) {
        all &= found.contains(label);
      }
      sum += all ? Double.parseDouble(matcher.group(2)) : 0;
    }
    return sum;
  }
}
