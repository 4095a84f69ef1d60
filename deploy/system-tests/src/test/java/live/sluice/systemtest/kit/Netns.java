package live.sluice.systemtest.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network of this run's own: a switch in a namespace, and a namespace for each host plugged into it. This machine is
 * plugged in too, as the first address. Needs root. Names and addresses are drawn at random, so that two runs side by
 * side do not meet; all of it is gone when it is closed.
 */
public final class Netns implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Lab lab;
  private final String id = Integer.toString(ThreadLocalRandom.current().nextInt(0x10000, 0x100000), 36);
  private final String subnet = "10." + ThreadLocalRandom.current().nextInt(130, 250) + '.'
      + ThreadLocalRandom.current().nextInt(0, 250) + '.';
  private final List<String> namespaces = new ArrayList<>();
  private final Thread hook = new Thread(this::remove, "remove-namespaces");
  private int hosts = 1;

  /** Lays the switch and plugs this machine into it. */
  public Netns(Lab lab) {
    this.lab = lab;
    Runtime.getRuntime().addShutdownHook(hook);
    lab.keep(this);
    String hub = namespace("switch");
    run("ip", "netns", "exec", hub, "ip", "link", "add", "bridge", "type", "bridge");
    run("ip", "netns", "exec", hub, "ip", "link", "set", "bridge", "up");
    plug("sl" + id, "port0");
    run("ip", "addr", "add", address() + "/24", "dev", "sl" + id);
    run("ip", "link", "set", "sl" + id, "up");
  }

  /**
   * A host of the network.
   *
   * @param namespace name of its namespace
   * @param address its IPv4 address
   * @param device the network device that it is plugged in by
   */
  public record Host(String namespace, String address, String device) {

    /** The words before a command that make it run there. */
    public List<String> prefix() {
      return List.of("ip", "netns", "exec", namespace);
    }
  }

  /** Skips the test that can't have one here, see {@link Needs}. */
  public static void needed() {
    Needs.rootWith("ip", "iptables");
  }

  /** This machine's address there. */
  public String address() {
    return subnet + 1;
  }

  /** Adds a host. */
  public Host host(String name) {
    hosts++;
    String namespace = namespace(name);
    String inside = "sl" + id + 'h' + hosts;
    String address = subnet + hosts;
    plug(inside, "port" + hosts);
    run("ip", "link", "set", inside, "netns", namespace);
    run("ip", "netns", "exec", namespace, "ip", "addr", "add", address + "/24", "dev", inside);
    run("ip", "netns", "exec", namespace, "ip", "link", "set", inside, "up");
    return new Host(namespace, address, inside);
  }

  /** From now on {@code host} neither sends nor receives TCP from or to {@code port}, on whichever side it is. */
  public void cut(Host host, int port) {
    rules("-I", host, port);
  }

  /** Ends what {@link #cut} began. */
  public void heal(Host host, int port) {
    rules("-D", host, port);
  }

  /** From now on {@code share} of the UDP packets that reach {@code host} are lost, at random; 0 ends that. */
  public void lose(Host host, double share) {
    in(host, "iptables", "-w", "-F", "INPUT");
    if (share > 0) {
      in(host, "iptables", "-w", "-A", "INPUT", "-p", "udp", "-m", "statistic", "--mode", "random", "--probability",
          Double.toString(share), "-j", "DROP");
    }
  }

  /** How many UDP packets {@link #lose} has dropped since it was called last. */
  public long lost(Host host) {
    String rules = Proc.run(lab.file("iptables.log"), LIMIT,
        join(host.prefix(), List.of("iptables", "-w", "-L", "INPUT", "-v", "-x", "-n")), Map.of());
    return rules.lines().filter(line -> line.contains("DROP")).map(line -> line.trim().split("\\s+", -1)[0])
        .mapToLong(Long::parseLong).sum();
  }

  /** Pulls the host's plug: its interface is down. */
  public void unplug(Host host) {
    in(host, "ip", "link", "set", host.device(), "down");
  }

  /** Ends what {@link #unplug} began. */
  public void plugIn(Host host) {
    in(host, "ip", "link", "set", host.device(), "up");
  }

  /** Takes the host's address away and gives it another one. */
  public Host readdress(Host host) {
    hosts++;
    String address = subnet + hosts;
    in(host, "ip", "addr", "del", host.address() + "/24", "dev", host.device());
    in(host, "ip", "addr", "add", address + "/24", "dev", host.device());
    return new Host(host.namespace(), address, host.device());
  }

  private void in(Host host, String... command) {
    run(join(host.prefix(), List.of(command)).toArray(String[]::new));
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private void rules(String action, Host host, int port) {
    for (String chain : List.of("INPUT", "OUTPUT")) {
      for (String side : List.of("--dport", "--sport")) {
        List<String> command = new ArrayList<>(host.prefix());
        command.addAll(List.of("iptables", "-w", action, chain, "-p", "tcp", side, Integer.toString(port), "-j", "DROP"));
        run(command.toArray(String[]::new));
      }
    }
  }

  private String namespace(String name) {
    String namespace = "sluice-" + id + '-' + name;
    run("ip", "netns", "add", namespace);
    namespaces.add(namespace);
    run("ip", "netns", "exec", namespace, "ip", "link", "set", "lo", "up");
    return namespace;
  }

  /** A cable of which one end stays here and the other one is in the switch. */
  private void plug(String here, String port) {
    String hub = namespaces.getFirst();
    String there = "sl" + id + 's' + hosts;
    run("ip", "link", "add", here, "type", "veth", "peer", "name", there);
    run("ip", "link", "set", there, "netns", hub);
    run("ip", "netns", "exec", hub, "ip", "link", "set", there, "name", port, "master", "bridge", "up");
  }

  private void run(String... command) {
    Proc.run(lab.dir().resolve("ip.log"), LIMIT, List.of(command), Map.of());
  }

  private void remove() {
    for (String namespace : List.copyOf(namespaces)) {
      try {
        run("ip", "netns", "del", namespace);
        namespaces.remove(namespace);
      } catch (AssertionError e) {
        System.err.println("could not remove " + namespace + ": " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
