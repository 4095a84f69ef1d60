package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.Processes;
import live.sluice.line.LineStatus;
import live.sluice.line.LinkCounters;
import live.sluice.line.LinkReport;
import live.sluice.line.LinkSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kernel's own delay (tc-netem(8)), where it has it. The namespace between the regions is a router then: what leaves
 * it towards a region is parted by where it comes from (htb, u32), and each part has a netem of its own. Packets are
 * parted from bursts before they get there, so that here too each is delayed and lost by itself.
 */
final class Netem implements Between {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int ETHERNET_HEADER = 14;

  /** Keeps packets in their order, which netem does only where it has a rate. */
  private static final double ANY_RATE_MBPS = 100_000;

  private static final int USUAL_PACKET = 1200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LabHome home;

  Netem(LabHome home) {
    this.home = home;
  }

  /** Returns whether this kernel and this iproute2 know all that is used, by trying it where nothing passes. */
  static boolean available(String namespace) {
    List<List<String>> trial = new ArrayList<>();
    trial.add(List.of("-n", namespace, "qdisc", "add", "dev", "lo", "root", "handle", "1:", "htb"));
    trial.addAll(part(namespace, "lo", "1:1", "11:", "10.0.0.0/24", LinkSettings.NONE));
    boolean all = trial.stream().allMatch(command -> tc(command).ok());
    tc(List.of("-n", namespace, "qdisc", "del", "dev", "lo", "root"));
    return all;
  }

  /** Makes all ways alike. */
  static void build(LabPlan plan, LinkSettings settings) {
    for (List<String> command : commands(plan, settings)) {
      must(command);
    }
  }

  /** Returns what is said to tc for that. */
  static List<List<String>> commands(LabPlan plan, LinkSettings settings) {
    List<List<String>> commands = new ArrayList<>();
    String wan = plan.namespace(LabPlan.WAN);
    for (Region to : plan.regions()) {
      String device = LabPlan.wanDevice(to);
      commands.add(List.of("-n", wan, "qdisc", "add", "dev", device, "root", "handle", "1:", "htb"));
      for (Region from : plan.regions()) {
        if (!from.equals(to)) {
          String sources = plan.network() + "." + from.octet() + ".0/24";
          commands.addAll(part(wan, device, classOf(from), handle(from), sources, settings));
        }
      }
    }
    return commands;
  }

  /** What comes from some addresses has a class of its own on a device, and under it a netem. */
  private static List<List<String>> part(
      String wan, String device, String part, String handle, String sources, LinkSettings settings) {
    return List.of(
        List.of("-n", wan, "class", "add", "dev", device, "parent", "1:", "classid", part, "htb",
            "rate", "100gbit", "quantum", "60000"),
        way(wan, "add", device, part, handle, settings),
        List.of("-n", wan, "filter", "add", "dev", device, "parent", "1:", "protocol", "ip", "u32",
            "match", "ip", "src", sources, "flowid", part));
  }

  private static List<String> way(
      String wan, String verb, String device, String part, String handle, LinkSettings settings) {
    double rate = settings.rateMbps() == 0 ? ANY_RATE_MBPS : settings.rateMbps();
    double waitingMs = settings.delayMs() + settings.jitterMs() + settings.queueMs();
    long limit = settings.rateMbps() == 0 ? 100_000 : Math.max(10, Math.round(rate * waitingMs * 1000 / 8 / USUAL_PACKET));
    double loss = settings.cut() ? 100 : settings.lossPercent();
    return List.of("-n", wan, "qdisc", verb, "dev", device, "parent", part, "handle", handle, "netem", "limit", Long.toString(limit), "delay", microseconds(settings.delayMs()),
        microseconds(settings.jitterMs()), "loss", loss + "%", "rate", Math.round(rate * 1000) + "kbit");
  }

  private static String classOf(Region from) {
    return "1:" + from.octet();
  }

  /** Numbers of tc are hexadecimal; each way needs one of its own on its device. */
  private static String handle(Region from) {
    return Integer.toHexString(0x10 + from.octet()) + ":";
  }

  private static String microseconds(double ms) {
    return String.format(Locale.ROOT, "%.0fus", ms * 1000);
  }

  @Override
  public void set(String from, String to, List<String> assignments) {
    home.update(
        state -> {
          LabState changed = state;
          for (Region sender : state.plan().regions()) {
            for (Region receiver : state.plan().regions()) {
              if (!sender.equals(receiver) && meant(from, sender) && meant(to, receiver)) {
                LinkSettings settings = changed.way(sender, receiver);
                for (String assignment : assignments) {
                  settings = settings.with(assignment);
                }
                String wan = state.plan().namespace(LabPlan.WAN);
                must(way(wan, "change", LabPlan.wanDevice(receiver), classOf(sender), handle(sender), settings));
                changed = changed.withWay(sender, receiver, settings);
              }
            }
          }
          return changed;
        });
  }

  private static boolean meant(String name, Region region) {
    return name.equals("*") || name.equals(region.name());
  }

  /** What netem drops it counts as one; here it stands as lost, or as cut while the way is. */
  @Override
  public LineStatus status() {
    LabState state = home.running();
    List<LinkReport> links = new ArrayList<>();
    for (Region to : state.plan().regions()) {
      String told =
          must(List.of("-n", state.plan().namespace(LabPlan.WAN), "-s", "-j", "qdisc", "show", "dev", LabPlan.wanDevice(to)));
      for (Region from : state.plan().regions()) {
        if (!from.equals(to)) {
          LinkSettings settings = state.way(from, to);
          links.add(new LinkReport(from.name(), to.name(), settings, counters(told, classOf(from), settings)));
        }
      }
    }
    return new LineStatus(links, List.of());
  }

  /** Reads what tc tells of the queue under a class. */
  static LinkCounters counters(String json, String parent, LinkSettings settings) {
    for (JsonNode queue : JSON.readTree(json)) {
      if (queue.path("kind").asString("").equals("netem") && queue.path("parent").asString("").equals(parent)) {
        long packets = queue.path("packets").asLong(0);
        long drops = queue.path("drops").asLong(0);
        long bytes = queue.path("bytes").asLong(0) - ETHERNET_HEADER * packets;
        return new LinkCounters(packets, bytes, settings.cut() ? 0 : drops, 0, settings.cut() ? drops : 0);
      }
    }
    return new LinkCounters(0, 0, 0, 0, 0);
  }

  private static String must(List<String> arguments) {
    Processes.Outcome outcome = tc(arguments);
    if (!outcome.ok()) {
      throw new LaunchException("tc " + String.join(" ", arguments) + ": " + outcome.output().strip());
    }
    return outcome.output();
  }

  private static Processes.Outcome tc(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("tc"));
    command.addAll(arguments);
    return Processes.run(command, Map.of(), LIMIT);
  }
}
