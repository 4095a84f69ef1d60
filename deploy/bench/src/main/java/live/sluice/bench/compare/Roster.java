package live.sluice.bench.compare;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import live.sluice.bench.BenchException;
import live.sluice.bench.compare.server.FloorServer;
import live.sluice.bench.compare.server.GivenServer;
import live.sluice.bench.compare.server.JanusServer;
import live.sluice.bench.compare.server.NginxRtmpServer;
import live.sluice.bench.compare.server.Protocol;
import live.sluice.bench.compare.server.Server;
import live.sluice.bench.compare.server.SluiceOptions;
import live.sluice.bench.compare.server.SluiceServer;
import live.sluice.bench.floor.FloorProgram;
import live.sluice.bench.floor.FlvRecorder;
import org.jspecify.annotations.Nullable;

/** The servers of a comparison: starts each when its first turn comes, and ends all. */
final class Roster implements AutoCloseable {
  /** Servers that are started here. */
  static final List<String> KINDS = List.of("sluice", "sluice-edge", "nginx-rtmp", "janus", "floor");

  /** The one that needs a private network. */
  static final String JANUS = "janus";

  private final Plan plan;
  private final Map<String, GivenServer> given;
  private final @Nullable Path sluiceConfig;
  private final Path scratch;
  private final Progress progress;
  private final Map<String, Server> running = new LinkedHashMap<>();
  private @Nullable FloorProgram floor;
  private @Nullable Path recorded;

  Roster(Plan plan, Map<String, GivenServer> given, @Nullable Path sluiceConfig, Path scratch, Progress progress) {
    this.plan = plan;
    this.given = given;
    this.sluiceConfig = sluiceConfig;
    this.scratch = scratch;
    this.progress = progress;
  }

  /** Why this kind can't take part here; empty where it can. */
  static Optional<String> missing(String kind) {
    return switch (kind) {
      case "nginx-rtmp" -> NginxRtmpServer.missing();
      case JANUS -> JanusServer.missing().or(PrivateNetwork::missing);
      default -> Optional.empty();
    };
  }

  /** The entrant's server, started where it does not run. */
  Server of(Entrant entrant) {
    Server server = running.get(entrant.name());
    if (server == null) {
      progress.step("starts");
      server = start(entrant);
      running.put(entrant.name(), server);
    }
    return server;
  }

  /** Whether the next call of {@link #of} starts it. */
  boolean isFresh(Entrant entrant) {
    return !running.containsKey(entrant.name());
  }

  /** Ends the entrant's server. */
  void end(Entrant entrant) {
    Server server = running.remove(entrant.name());
    if (server != null) {
      server.close();
    }
  }

  private Server start(Entrant entrant) {
    return switch (entrant.kind()) {
      case "sluice" -> SluiceServer.origin(entrant.name(), options(), entrant.settings());
      case "sluice-edge" -> SluiceServer.edge(entrant.name(), options());
      case "nginx-rtmp" -> NginxRtmpServer.start(scratch);
      case JANUS -> JanusServer.start(scratch);
      case "floor" -> startFloor();
      default -> {
        GivenServer server = given.get(entrant.kind());
        if (server == null) {
          throw new BenchException("there is no server " + entrant.kind() + "; there are " + KINDS + " and --server");
        }
        yield server;
      }
    };
  }

  private SluiceOptions options() {
    boolean hls = plan.load() == Protocol.HLS;
    return new SluiceOptions(SluiceOptions.builtDistribution(), sluiceConfig, hls, plan.fresh(), scratch);
  }

  private Server startFloor() {
    if (floor == null) {
      floor = FloorProgram.compile(scratch);
    }
    if (recorded == null) {
      recorded = record();
    }
    return FloorServer.start(floor, recorded, plan.windowMs(), scratch);
  }

  /** The stream that the other servers are published, as Sluice sends it. */
  private Path record() {
    Path file = scratch.resolve("recorded.flv");
    progress.step("records " + plan.recorded().toSeconds() + " s of the stream from sluice");
    try (Server sluice = SluiceServer.origin("sluice-for-recording", options(), List.of());
        LoadProcess publisher = LoadProcess.start("publish", Arguments.publish(plan, sluice, 1), scratch)) {
      publisher.mustRun();
      FlvRecorder.record(URI.create(sluice.playUrl(Protocol.FLV, Arguments.STREAM, "realtime")), plan.recorded(), file);
    }
    return file;
  }

  @Override
  public void close() {
    running.values().forEach(Server::close);
    running.clear();
  }
}
