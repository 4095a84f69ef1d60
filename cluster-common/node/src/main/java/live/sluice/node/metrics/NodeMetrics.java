package live.sluice.node.metrics;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import live.sluice.media.LatencyProfile;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamRegistry;
import live.sluice.node.state.NodeView;

/** The metrics of a node. Thread-safe; {@link #scrape} takes some ms with many streams. */
public final class NodeMetrics implements AutoCloseable {
  /** The content type of {@link #scrape}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] FIRST_FRAME_BUCKETS = buckets(10, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000);
  private static final Duration[] LAG_BUCKETS = buckets(1, 5, 10, 25, 50, 100, 250, 1_000);

  private static final Duration[] DELAY_BUCKETS = buckets(1, 5, 10, 25, 50, 100, 150, 250, 400, 1_000, 2_500);

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Map<Session.Type, Timer> firstFrames = new EnumMap<>(Session.Type.class);
  private final Map<Long, Timer> delays = new ConcurrentHashMap<>();
  private final Traffic traffic;

  /** Begins to count. */
  public NodeMetrics(NodeView node) {
    for (Session.Type type : Session.Type.values()) {
      if (type.label().endsWith("-play") || type == Session.Type.NODE_PULL) {
        firstFrames.put(
            type,
            Timer.builder("sluice.first.frame")
                .description("Time from a player's request to its first frame")
                .tag("type", type.label())
                .serviceLevelObjectives(FIRST_FRAME_BUCKETS)
                .register(registry));
      }
    }
    node.registry().setDelayMeter(this::forwarded);
    traffic = new Traffic(node.sessions(), node.ticker(), this::firstFrame);
    Traffic follower = traffic;
    node.registry()
        .addListener(
            new StreamRegistry.Listener() {
              @Override
              public void sourceConnected(Stream stream, Publication source) {
                if (!source.isLocal()) {
                  follower.follow(source.session());
                }
              }

              @Override
              public void sourceEnded(Stream stream, Publication source) {
                follower.unfollow(source.session());
              }
            });
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    registry.getPrometheusRegistry().register(new NodeCollector(node, traffic));
    registry.getPrometheusRegistry().register(new HopCollector(node.hops()));
  }

  private static Duration[] buckets(int... millis) {
    Duration[] buckets = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      buckets[i] = Duration.ofMillis(millis[i]);
    }
    return buckets;
  }

  private void firstFrame(Session.Type type, long nanos) {
    Timer timer = firstFrames.get(type);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void forwarded(long windowMs, long nanos) {
    // Windows come in steps, so there are few of them.
    delays.computeIfAbsent(windowMs, this::delayTimer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer delayTimer(long windowMs) {
    return Timer.builder("sluice.forward.delay")
        .description("Time from a frame's arrival to its being written to players, the window included")
        .tag("latency", LatencyProfile.labelOf(windowMs))
        .serviceLevelObjectives(DELAY_BUCKETS)
        .register(registry);
  }

  /** Measures how late these loops come to their tasks. */
  public void watch(EventLoopGroup loops) {
    EventLoopLag.measure(
        loops,
        Timer.builder("sluice.event.loop.lag")
            .description("How late event loops come to what they are to do")
            .serviceLevelObjectives(LAG_BUCKETS)
            .register(registry));
  }

  /** What went through sessions and streams. */
  public Traffic traffic() {
    return traffic;
  }

  /** Everything, in Prometheus' text format. */
  public String scrape() {
    traffic.refresh();
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
