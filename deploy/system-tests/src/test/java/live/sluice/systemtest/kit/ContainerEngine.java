package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A container engine of this run's own: dockerd in a network of its own, where its rules and the ports that it publishes
 * are, and in process and mount namespaces of its own, which take containers and mounts with them when it ends, however
 * it ends. Needs root and Debian's docker.io and debootstrap.
 */
public final class ContainerEngine implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String BASE = "sluice-test-base";

  private final Lab lab;
  private final Netns.Host host;
  private final Path data;
  private final Path sockets;
  private final String group;
  private final Thread hook = new Thread(this::remove, "remove-engine");
  private final Proc daemon;

  private ContainerEngine(Lab lab, Netns.Host host) {
    this.lab = lab;
    this.host = host;
    this.data = lab.dir().resolve("engine");
    this.group = "sluice-" + Integer.toString(ThreadLocalRandom.current().nextInt(0x10000, 0x100000), 36);
    try {
      // Elsewhere than the rest, since the path of a socket may not be long.
      this.sockets = Files.createTempDirectory("sluice-engine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
    // "ip netns exec" would hide the cgroups that dockerd needs. Its /run is empty, so that it meets no other engine.
    String run = "mount -t tmpfs run /run && exec dockerd \"$@\"";
    daemon = Proc.start("dockerd", lab.file("dockerd.log"),
        List.of("nsenter", "--net=/run/netns/" + host.namespace(), "unshare", "--mount", "--pid", "--ipc", "--fork",
            "--kill-child", "--mount-proc", "sh", "-c", run, "dockerd", "--host=" + address(),
            "--data-root=" + data, "--exec-root=" + sockets.resolve("exec"), "--pidfile=" + sockets.resolve("pid"),
            "--cgroup-parent=/" + group, "--exec-opt=native.cgroupdriver=cgroupfs"),
        Map.of());
  }

  /** Skips the test that can't have one here, see {@link Needs}. */
  public static void needed() {
    Netns.needed();
    Needs.rootWith("dockerd", "docker", "debootstrap", "nsenter", "unshare", "tar");
  }

  /** Starts one, with the image {@link #base()} in it; it ends when {@code lab} closes it. */
  public static ContainerEngine start(Lab lab) {
    Path image = BaseImage.file();
    ContainerEngine engine = lab.keep(new ContainerEngine(lab, new Netns(lab).host("engine")));
    Poll.until("dockerd answers", LIMIT, () -> {
      engine.docker("version");
      return true;
    }, engine.daemon.log());
    engine.docker("import", image.toString(), BASE);
    return engine;
  }

  /** The image with NGINX and Java. */
  public String base() {
    return BASE;
  }

  /** Where the ports that it publishes can be reached from here. */
  public String host() {
    return host.address();
  }

  /** What docker and docker-compose need in their environment. */
  public Map<String, String> environment() {
    return Map.of("DOCKER_HOST", address());
  }

  private String address() {
    return "unix://" + sockets.resolve("socket");
  }

  private void docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Proc.run(lab.dir().resolve("docker.log"), LIMIT, command, environment());
  }

  /** All of it has gone when the first process of its process namespace has. */
  private void remove() {
    daemon.kill9();
    daemon.awaitExit(LIMIT);
    Path log = lab.dir().resolve("remove.log");
    Poll.until("the engine's files and cgroups are removed", LIMIT, () -> {
      Proc.run(log, LIMIT, List.of("rm", "-rf", "--one-file-system", data.toString(), sockets.toString()), Map.of());
      Proc.run(log, LIMIT, List.of("find", "/sys/fs/cgroup", "-depth", "-type", "d", "-path", "*/" + group + "*",
          "-delete"), Map.of());
      return true;
    });
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  @Override
  public String toString() {
    return daemon.toString();
  }
}
