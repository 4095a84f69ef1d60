package live.sluice.launcher;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code status} tells.
 *
 * @param nodes every node that was started
 * @param nginx where NGINX answers, or null
 */
record StatusReport(List<NodeStatus> nodes, @Nullable String nginx) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Returns true when there are nodes, and all of them are ready. */
  boolean ready() {
    return !nodes.isEmpty() && nodes.stream().allMatch(NodeStatus::ready);
  }

  /** Returns one JSON object; its form is promised to scripts. */
  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("nodes", nodes.stream().map(StatusReport::json).toList());
    root.put("nginx", nginx == null ? null : Map.of("url", nginx));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static Map<String, Object> json(NodeStatus node) {
    Map<String, @Nullable Object> urls = new LinkedHashMap<>();
    urls.put("rtmp", node.rtmp());
    urls.put("http", node.http());
    urls.put("api", node.api());
    urls.put("whip", node.whip());
    urls.put("whep", node.whep());
    urls.put("rtc", node.rtc());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", node.plan().name());
    object.put("role", node.plan().role().word());
    object.put("region", node.region());
    object.put("state", node.state());
    object.put("urls", urls);
    object.put("streams", node.streams());
    object.put("players", node.players());
    return object;
  }

  /** Prints a table for people. */
  void print(PrintStream out) {
    TextTable table = new TextTable("NODE", "STATE", "STREAMS", "PLAYERS", "IN Mb/s", "OUT Mb/s", "RTMP", "HTTP", "API, WHIP, WHEP", "WEBRTC");
    for (NodeStatus node : nodes) {
      String rtc = node.rtc();
      table.row(
          node.plan().name(),
          node.state(),
          Integer.toString(node.streams()),
          Integer.toString(node.players()),
          megabits(node.receivedKbps()),
          megabits(node.sentKbps()),
          node.rtmp(),
          node.http(),
          node.api(),
          rtc == null ? "-" : rtc);
    }
    table.print(out);
    out.println(nginx == null ? "no NGINX" : "NGINX at " + nginx);
  }

  /** Returns one line for the foreground: totals, and the nodes that are not ready. */
  String line() {
    int streams = 0;
    int players = 0;
    long in = 0;
    long out = 0;
    StringJoiner perNode = new StringJoiner(", ");
    StringJoiner missing = new StringJoiner(", ", " | ", "").setEmptyValue("");
    for (NodeStatus node : nodes) {
      boolean origin = node.plan().role() == Role.ORIGIN;
      // A stream that an edge pulls is one that an origin has.
      streams += origin ? node.streams() : 0;
      in += origin ? node.receivedKbps() : 0;
      out += node.sentKbps();
      players += node.players();
      perNode.add(node.plan().name() + " " + node.players());
      if (!node.ready()) {
        missing.add(node.plan().name() + " " + node.state());
      }
    }
    return "streams %d | players %d (%s) | in %s out %s Mb/s%s"
        .formatted(streams, players, perNode, megabits(in), megabits(out), missing);
  }

  static String megabits(long kbps) {
    return "%.1f".formatted(kbps / 1000.0);
  }
}
