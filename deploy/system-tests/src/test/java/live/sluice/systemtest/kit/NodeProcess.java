package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An origin or an edge in a process of its own, on ports that stay the same when it is started again. Its buffers are
 * watched at Netty's most suspicious level; {@link Lab} fails a test class when a leak is told in a log.
 */
public final class NodeProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final Lab lab;
  private final NodeSpec spec;
  private final Path config;
  private final Path log;
  private final List<String> prefix;
  private Proc process;

  private NodeProcess(Lab lab, NodeSpec spec, Path config, Path log, List<String> prefix) {
    this.lab = lab;
    this.spec = spec;
    this.config = config;
    this.log = log;
    this.prefix = prefix;
    this.process = launch();
  }

  /** Starts a node and does not wait for it. */
  public static NodeProcess start(Lab lab, NodeSpec spec) {
    return start(lab, spec, List.of());
  }

  /** Starts a node by {@code prefix}, such as {@code ip netns exec NAME}. */
  public static NodeProcess start(Lab lab, NodeSpec spec, List<String> prefix) {
    Path config = lab.dir().resolve(spec.name() + ".yaml");
    Path log = lab.dir().resolve(spec.name() + ".log");
    try {
      Files.writeString(config, spec.yaml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lab.watch(log);
    return lab.keep(new NodeProcess(lab, spec, config, log, prefix));
  }

  private Proc launch() {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("sluice.test.jvmFlags", "").trim().split("\\s+")));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (spec.warm() ? 4 : 1),
        "-XX:+ExitOnOutOfMemoryError", "-Dio.netty.leakDetection.level=paranoid",
        "-cp", System.getProperty("java.class.path"), spec.role().mainClass(), "--config", config.toString()));
    for (String setting : spec.settings()) {
      command.addAll(List.of("--set", setting));
    }
    return Proc.start(spec.name(), log, command, Map.of());
  }

  /** Waits until it says that it is ready. */
  public NodeProcess awaitReady() {
    Proc started = process;
    Poll.until(spec.name() + " is ready", START, () -> {
      if (!started.isAlive()) {
        throw new IllegalStateException(spec.name() + " ended: " + started.awaitExit(Duration.ZERO));
      }
      return HttpConnection.once(api("/health/ready"), Duration.ofSeconds(5)).status() == 200;
    });
    return this;
  }

  /** Name, ports and role. */
  public NodeSpec spec() {
    return spec;
  }

  /** The node's name. */
  public String name() {
    return spec.name();
  }

  /** The program. */
  public Proc process() {
    return process;
  }

  /** What it logged so far, in all its lives. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code rtmp://…/app/name}. */
  public String rtmp(String stream) {
    return "rtmp://" + spec.host() + ':' + spec.rtmpPort() + '/' + stream;
  }

  /** An address on the port of HTTP media. */
  public URI http(String path) {
    return URI.create("http://" + spec.host() + ':' + spec.httpPort() + path);
  }

  /** An address on the port of HTTP media, as a WebSocket. */
  public URI ws(String path) {
    return URI.create("ws://" + spec.host() + ':' + spec.httpPort() + path);
  }

  /** An address on the API's port. */
  public URI api(String path) {
    return URI.create("http://" + spec.host() + ':' + spec.apiPort() + path);
  }

  /** Where {@code app/name} is published by WHIP. */
  public URI whip(String stream) {
    return api('/' + stream + "/whip");
  }

  /** Where {@code app/name} is played by WHEP. */
  public URI whep(String stream) {
    return api('/' + stream + "/whep");
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill9() {
    process.kill9();
    process.awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM, and returns its exit status. */
  public int stop() {
    process.terminate();
    return process.awaitExit(Duration.ofSeconds(40));
  }

  /** Starts it anew on the same ports, after it has ended. */
  public NodeProcess restart() {
    if (process.isAlive()) {
      throw new IllegalStateException(spec.name() + " still runs");
    }
    process = lab.keep(launch());
    return this;
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return spec.name();
  }
}
