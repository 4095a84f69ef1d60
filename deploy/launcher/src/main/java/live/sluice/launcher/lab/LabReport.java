package live.sluice.launcher.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import live.sluice.launcher.NodeProbe;
import live.sluice.launcher.NodeStatus;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.TextTable;
import live.sluice.line.LineStatus;
import live.sluice.line.LinkReport;
import live.sluice.line.LinkSettings;
import live.sluice.line.RegionReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code lab status} tells.
 *
 * @param state what was started
 * @param nodes how each node is
 * @param line how the ways between the regions are, or null when the delay line does not answer
 * @param home where configurations and logs lie
 */
record LabReport(LabState state, List<NodeReport> nodes, @Nullable LineStatus line, LabHome home) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * How a node is.
   *
   * @param node who it is
   * @param pid its process, 0 when it does not run
   * @param status what it says of itself
   */
  record NodeReport(LabNode node, long pid, NodeStatus status) {
    String name() {
      return node.name();
    }
  }

  /** Asks everybody. */
  static LabReport ask(LabState state, LabHome home, NodeProbe probe) {
    LineStatus line;
    try {
      line = Between.of(home, state).status();
    } catch (IOException gone) {
      line = null;
    }
    return new LabReport(state, askNodes(state, state.plan().nodes(), probe), line, home);
  }

  /** Asks some nodes, all at once. */
  static List<NodeReport> askNodes(LabState state, List<LabNode> nodes, NodeProbe probe) {
    List<CompletableFuture<NodeReport>> answers = new ArrayList<>();
    for (LabNode node : nodes) {
      answers.add(CompletableFuture.supplyAsync(() -> askNode(state, node, probe), Thread::startVirtualThread));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static NodeReport askNode(LabState state, LabNode node, NodeProbe probe) {
    ProcessIdentity process = state.process(node);
    if (process == null || !process.isAlive()) {
      return new NodeReport(node, 0, NodeStatus.of(node.plan(), node.address(), "stopped"));
    }
    return new NodeReport(node, process.pid(), probe.ask(node.address(), node.plan(), process));
  }

  /** Returns true when all nodes are ready and the ways are there. */
  boolean ready() {
    return line != null && nodes.stream().allMatch(node -> node.status().ready());
  }

  /** Returns one JSON object; its form is promised to scripts. */
  String json() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    LabPlan plan = state.plan();
    root.put("name", plan.name());
    root.put("ready", ready());
    root.put("regions", plan.regions().stream().map(this::json).toList());
    root.put("links", line == null ? List.of() : line.links().stream().map(LabReport::json).toList());
    Map<String, @Nullable Object> between = new LinkedHashMap<>();
    ProcessIdentity process = state.line();
    between.put("kind", state.netem() == null ? "line" : "netem");
    between.put("namespace", plan.namespace(LabPlan.WAN));
    between.put("pid", process != null && process.isAlive() ? process.pid() : null);
    between.put("regions", line == null ? List.of() : line.regions().stream().map(LabReport::json).toList());
    root.put("wan", between);
    root.put("folder", home.directory().toString());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private Map<String, Object> json(Region region) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", region.name());
    object.put("namespace", state.plan().namespace(region.name()));
    object.put("subnet", state.plan().network() + "." + region.octet() + ".0/24");
    object.put("nodes", nodes.stream().filter(node -> region.nodes().contains(node.node())).map(this::json).toList());
    return object;
  }

  private Map<String, @Nullable Object> json(NodeReport node) {
    NodeStatus status = node.status();
    Map<String, @Nullable Object> urls = new LinkedHashMap<>();
    urls.put("rtmp", status.rtmp());
    urls.put("http", status.http());
    urls.put("api", status.api());
    urls.put("whip", status.whip());
    urls.put("whep", status.whep());
    urls.put("rtc", status.rtc());
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", node.name());
    object.put("role", node.node().plan().role().word());
    object.put("state", status.state());
    object.put("address", node.node().address());
    object.put("pid", node.pid() == 0 ? null : node.pid());
    object.put("urls", urls);
    object.put("streams", status.streams());
    object.put("players", status.players());
    object.put("log", home.log(node.name()).toString());
    return object;
  }

  private static Map<String, Object> json(LinkReport link) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("from", link.from());
    object.put("to", link.to());
    object.put("delay", link.settings().delayMs());
    object.put("jitter", link.settings().jitterMs());
    object.put("loss", link.settings().lossPercent());
    object.put("rate", link.settings().rateMbps());
    object.put("queue", link.settings().queueMs());
    object.put("cut", link.settings().cut());
    object.put("packets", link.counters().packets());
    object.put("bytes", link.counters().bytes());
    object.put("lost", link.counters().lost());
    object.put("queue_drops", link.counters().queueDrops());
    object.put("cut_drops", link.counters().cutDrops());
    return object;
  }

  private static Map<String, Object> json(RegionReport region) {
    return Map.of("name", region.region(), "overruns", region.overruns(), "oversized", region.oversized());
  }

  /** Prints tables for people. */
  void print(PrintStream out) {
    TextTable table = new TextTable("NODE", "STATE", "STREAMS", "PLAYERS", "RTMP", "HTTP", "API, WHIP, WHEP");
    for (NodeReport node : nodes) {
      NodeStatus status = node.status();
      table.row(
          node.name(),
          status.state(),
          Integer.toString(status.streams()),
          Integer.toString(status.players()),
          status.rtmp(),
          status.http(),
          status.api());
    }
    table.print(out);
    out.println();
    if (line == null) {
      out.println("The delay line has ended: nothing passes between the regions. Its log is " + home.log("line"));
      return;
    }
    TextTable ways = new TextTable("FROM", "TO", "DELAY", "LOSS", "RATE", "", "PACKETS", "MB", "LOST", "DROPPED");
    for (LinkReport link : line.links()) {
      LinkSettings settings = link.settings();
      ways.row(
          link.from(),
          link.to(),
          plain(settings.delayMs()) + (settings.jitterMs() > 0 ? "±" + plain(settings.jitterMs()) : "") + " ms",
          plain(settings.lossPercent()) + " %",
          settings.rateMbps() == 0 ? "any" : plain(settings.rateMbps()) + " Mb/s",
          settings.cut() ? "cut" : "",
          Long.toString(link.counters().packets()),
          String.format(Locale.ROOT, "%.1f", link.counters().bytes() / 1e6),
          Long.toString(link.counters().lost()),
          Long.toString(link.counters().queueDrops() + link.counters().cutDrops()));
    }
    ways.print(out);
    out.println();
    String kind = state.netem() == null ? "our own delay line" : "the kernel's netem";
    out.println("Ways by " + kind + "; logs in " + home.directory().resolve("logs"));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
