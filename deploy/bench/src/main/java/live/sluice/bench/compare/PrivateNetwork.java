package live.sluice.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import live.sluice.bench.BenchException;
import live.sluice.bench.compare.server.JanusServer;
import live.sluice.bench.proc.Programs;
import live.sluice.bench.proc.Self;

/**
 * A network namespace of this program's own, for servers that take no address of the loopback interface: there is one that
 * is not of it, and still nobody else reaches it. Packets between addresses of one machine go over its loopback interface in
 * any case. The namespace goes with the last process in it.
 */
final class PrivateNetwork {
  private static final String INSIDE = "sluice.private-network";
  private static final long CHECK_SECONDS = 10;

  /** Both ends of the pair stay here: one of them has the address, the other one makes it a link that is up. */
  private static final String PREPARE =
      "ip link set lo up && ip link add sluice-a type veth peer name sluice-b && ip addr add "
          + JanusServer.ADDRESS
          + "/32 dev sluice-a && ip link set sluice-a up && ip link set sluice-b up && exec \"$@\"";

  private PrivateNetwork() {}

  /** Whether this process runs in one. */
  static boolean isInside() {
    return Boolean.getBoolean(INSIDE);
  }

  /** Why there can be none here; empty where there can. */
  static Optional<String> missing() {
    if (isInside()) {
      return Optional.empty();
    }
    if (Programs.find("unshare").isEmpty() || Programs.find("ip").isEmpty()) {
      return Optional.of("a private network needs unshare and ip; as root: apt-get install -y util-linux iproute2");
    }
    try {
      Process check =
          new ProcessBuilder(Stream.concat(unshare().stream(), Stream.of("sh", "-c", PREPARE, "sh", "true")).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean good = check.waitFor(CHECK_SECONDS, TimeUnit.SECONDS) && check.exitValue() == 0;
      return good ? Optional.empty() : Optional.of("this user may not make a private network (unshare --net)");
    } catch (IOException e) {
      return Optional.of("a private network can't be made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /**
   * Runs this program once more, in such a network, and waits for its end.
   *
   * @param arguments its command line
   * @return its exit status
   */
  static int run(List<String> arguments) {
    List<String> command = new ArrayList<>(unshare());
    command.addAll(List.of("sh", "-c", PREPARE, "sh"));
    command.addAll(Self.command(List.of("-D" + INSIDE + "=true"), arguments));
    try {
      Process inside = new ProcessBuilder(command).inheritIO().start();
      // Ctrl-C reaches both; another signal only this one.
      Thread hook = new Thread(() -> end(inside), "end-inside");
      Runtime.getRuntime().addShutdownHook(hook);
      int status = inside.waitFor();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException atTheEndOfTheJvm) {
        // Then the hook finds nothing to end.
      }
      return status;
    } catch (IOException e) {
      throw new BenchException("cannot start anew in a private network: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static void end(Process inside) {
    inside.destroy();
    try {
      inside.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> unshare() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? List.of("unshare", "--net", "--") : List.of("unshare", "--map-root-user", "--net", "--");
  }
}
