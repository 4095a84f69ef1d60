package live.sluice.launcher.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.launcher.Processes;

/**
 * The namespaces and cables of a laboratory.
 *
 * <p>In a region, the bridge {@code lan} has all of the nodes' addresses, and .2 for whatever else runs there; this
 * machine is plugged into it as .1, without delay. The device {@code wan} leads to the namespace between the regions.
 * Nothing asks for link addresses on that way: its other end has a fixed one, so that all that crosses it are packets
 * from one region to another.
 */
final class Topology {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** The router that every region sends to; there is none of that address, only a link address for it. */
  private static final String GATEWAY = "169.254.0.1";

  /** Both ends of each way have it: a frame of one region is taken by another as it is. */
  private static final String LINK_ADDRESS = "02:00:00:00:00:01";

  private static final String ROUTER_ADDRESS = "02:00:00:00:00:02";

  private final LabPlan plan;

  Topology(LabPlan plan) {
    this.plan = plan;
  }

  /** Makes all of it. */
  void build() {
    String wan = plan.namespace(LabPlan.WAN);
    addNamespace(wan);
    for (Region region : plan.regions()) {
      String namespace = plan.namespace(region.name());
      addNamespace(namespace);
      lan(region, namespace);
      way(region, namespace, wan);
    }
  }

  private static void addNamespace(String name) {
    Ip.run("netns", "add", name);
    Ip.in(name, "link", "set", "lo", "up");
  }

  private void lan(Region region, String namespace) {
    String subnet = plan.network() + "." + region.octet() + ".";
    String here = plan.hostDevice(region);
    Ip.in(namespace, "link", "add", "lan", "type", "bridge");
    Ip.in(namespace, "addr", "add", subnet + "2/24", "dev", "lan");
    for (LabNode node : region.nodes()) {
      Ip.in(namespace, "addr", "add", node.address() + "/24", "dev", "lan");
    }
    Ip.in(namespace, "link", "set", "lan", "up");
    Ip.run("link", "add", here, "type", "veth", "peer", "name", "host", "netns", namespace);
    Ip.in(namespace, "link", "set", "host", "master", "lan", "up");
    Ip.run("link", "set", here, "addrgenmode", "none", "up");
    Ip.run("addr", "add", subnet + "1/24", "dev", here);
  }

  private void way(Region region, String namespace, String wan) {
    String there = LabPlan.wanDevice(region);
    Ip.in(namespace, "link", "add", "wan", "type", "veth", "peer", "name", there, "netns", wan);
    // Senders hand many packets to the kernel at a time; one segment at most makes it part them before they leave the
    // region, so that each is delayed and lost by itself. Checksums stay with the device: without them some kernels
    // refuse such sends.
    Ip.in(namespace, "link", "set", "wan", "address", LINK_ADDRESS, "gso_max_segs", "1", "addrgenmode", "none", "up");
    Ip.in(wan, "link", "set", there, "addrgenmode", "none", "up");
    Ip.in(namespace, "neigh", "add", GATEWAY, "lladdr", LINK_ADDRESS, "dev", "wan", "nud", "permanent");
    Ip.in(namespace, "route", "add", plan.network() + ".0.0/16", "via", GATEWAY, "dev", "wan", "onlink",
        "src", plan.network() + "." + region.octet() + ".2");
  }

  /** Makes the namespace between the regions a router, for netem. */
  void route() {
    String wan = plan.namespace(LabPlan.WAN);
    List<String> forward = new ArrayList<>(Ip.inside(wan));
    forward.addAll(List.of("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"));
    Processes.Outcome outcome = Processes.run(forward, Map.of(), PATIENCE);
    if (!outcome.ok()) {
      throw new LaunchException("cannot make " + wan + " a router: " + outcome.output().strip());
    }
    for (Region region : plan.regions()) {
      String device = LabPlan.wanDevice(region);
      Ip.in(wan, "link", "set", device, "address", ROUTER_ADDRESS);
      Ip.in(wan, "neigh", "add", GATEWAY, "lladdr", LINK_ADDRESS, "dev", device, "nud", "permanent");
      Ip.in(wan, "route", "add", plan.network() + "." + region.octet() + ".0/24", "via", GATEWAY, "dev", device, "onlink");
      Ip.in(plan.namespace(region.name()), "neigh", "replace", GATEWAY, "lladdr", ROUTER_ADDRESS, "dev", "wan", "nud", "permanent");
    }
  }

  /** Removes what there is of the laboratory of this name, and ends what still runs in it. */
  static void remove(String name) {
    List<String> namespaces = namespaces(name);
    List<ProcessIdentity> inside = new ArrayList<>();
    namespaces.forEach(namespace -> inside.addAll(Ip.processes(namespace)));
    Processes.stop(inside, PATIENCE);
    // Its cables go with a namespace, but not at once, and a new laboratory may want their names.
    for (String line : Ip.run("-o", "link", "show", "type", "veth").lines().toList()) {
      String device = line.split("[ :@]+", -1)[1];
      if (device.matches(name + "-[0-9]+")) {
        Ip.run("link", "del", device);
      }
    }
    namespaces.forEach(namespace -> Ip.run("netns", "del", namespace));
  }

  /** Returns the namespaces of the laboratory of this name. */
  static List<String> namespaces(String name) {
    return Ip.namespaces().stream().filter(found -> found.startsWith(LabPlan.namespacePrefix(name))).toList();
  }

  /**
   * Chooses addresses that nobody on this machine has.
   *
   * @return two numbers, such as {@code 10.77}
   */
  static String freeNetwork(String name) {
    String taken = Ip.run("-4", "-o", "addr") + Ip.run("-4", "route", "show", "table", "all");
    int first = Math.floorMod(name.hashCode(), 150);
    for (int i = 0; i < 150; i++) {
      String network = "10." + (70 + (first + i) % 150);
      if (!taken.contains(" " + network + ".") && !taken.startsWith(network + ".") && !taken.contains("\n" + network + ".")) {
        return network;
      }
    }
    throw new LaunchException("this machine has addresses in all of 10.70.0.0 to 10.219.255.255");
  }
}
