package live.sluice.bench.compare.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.bench.BenchException;
import live.sluice.bench.floor.FloorProgram;
import live.sluice.bench.proc.Child;

/** The floor, as a server: one stream, HTTP-FLV. */
public final class FloorServer implements Server {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Pattern PORT = Pattern.compile("listening on (\\d+)");

  private final Child child;
  private final int port;
  private final long windowMs;

  private FloorServer(Child child, int port, long windowMs) {
    this.child = child;
    this.port = port;
    this.windowMs = windowMs;
  }

  /**
   * Starts it.
   *
   * @param flv what it replays
   * @param windowMs time between two writes; 0: each tag on its own
   */
  public static FloorServer start(FloorProgram program, Path flv, long windowMs, Path scratch) {
    Path log = scratch.resolve("floor-" + System.nanoTime() + ".log");
    Child child = Child.start("the floor", program.command(flv, 0, windowMs, null), log, Map.of());
    try {
      Waiting.until(child, "listens", START_LIMIT, () -> PORT.matcher(child.output()).find());
      Matcher told = PORT.matcher(child.output());
      if (!told.find()) {
        throw new BenchException("the floor does not say where it listens");
      }
      return new FloorServer(child, Integer.parseInt(told.group(1)), windowMs);
    } catch (BenchException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public String about() {
    return "a bare loop of writev, one thread, a write " + (windowMs == 0 ? "for each tag" : "each " + windowMs + " ms");
  }

  @Override
  public long[] pids() {
    return new long[] {child.pid()};
  }

  @Override
  public boolean wantsPublisher() {
    return false;
  }

  @Override
  public String publishUrl(Protocol load, String stream) {
    throw new BenchException("the floor takes no publishers");
  }

  @Override
  public String playUrl(Protocol protocol, String stream, String latency) {
    if (protocol != Protocol.FLV) {
      throw new BenchException("the floor speaks HTTP-FLV alone, not " + protocol.label());
    }
    return "http://127.0.0.1:" + port + "/live/" + stream + ".flv";
  }

  @Override
  public String lastWords() {
    return child.lastWords();
  }

  @Override
  public void close() {
    child.close();
  }
}
