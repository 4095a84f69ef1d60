package live.sluice.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.clip.RtcClip;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.Machine;
import live.sluice.bench.measure.PlaySample;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.bench.measure.RunRecord;
import live.sluice.bench.rtc.RtcIdentity;
import org.jspecify.annotations.Nullable;

/** Publishes: starts publishers at a steady rate, measures, ends. One use. */
public final class PublishLoad {
  private static final double LATE_MS = 50;

  /** A publisher of plain RTP has so many sockets; one by WHIP has for a moment two. */
  private static final int PORTS = 4;

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final PublishOptions options;
  private final Observer observer;
  private final LoadLoops loops;
  private final PerLoop<PublishMeters> meters;
  private final List<Client> clients = new ArrayList<>();
  private final Presence presence = new Presence();
  private final @Nullable RtcClip packets;
  private final @Nullable RtcIdentity identity;
  private final Sampler sampler;
  private final String started = Instant.now().toString();

  private PublishLoad(PublishOptions options, Observer observer, LoadLoops loops) {
    this.options = options;
    this.observer = observer;
    this.loops = loops;
    this.meters = new PerLoop<>(loops, loop -> new PublishMeters());
    Target.Protocol protocol = options.target().protocol();
    this.packets = protocol.packets() ? RtcClip.of(options.clip()) : null;
    this.identity = protocol == Target.Protocol.WHIP ? new RtcIdentity() : null;
    this.sampler = new Sampler(loops, options.pid(), false, this::sample);
  }

  /** Runs it to its end. */
  public static RunRecord run(PublishOptions options, Observer observer) {
    FileDescriptors.need(options.target().protocol().packets() ? PORTS * options.count() : options.count());
    try (LoadLoops loops = new LoadLoops(options.threads())) {
      return new PublishLoad(options, observer, loops).run();
    }
  }

  private RunRecord run() {
    List<Pacer> pacers = new ArrayList<>();
    for (LoadLoop loop : loops.all()) {
      pacers.add(new Pacer(loop.loop(), options.frameNanos()));
    }
    Target target = options.count() > 1 ? options.target().withNumber() : options.target();
    for (int i = 0; i < options.count(); i++) {
      PublishMeters of = meters.of(i);
      of.publisher();
      clients.add(publisher(target, i, pacers.get(i % pacers.size()), of));
    }
    new Run(observer, sampler, options.count())
        .run(
            loops,
            clients,
            options.rampPerSecond(),
            options.warmup(),
            options.duration(),
            () -> meters.each(PublishMeters::begin),
            () -> {});
    RunRecord record = record();
    farewell();
    return record;
  }

  private Client publisher(Target target, int number, Pacer pacer, PublishMeters of) {
    LoadLoop loop = loops.of(number);
    long phase = options.frameNanos() * number / options.count();
    RtcClip clip = packets;
    RtcIdentity who = identity;
    if (clip == null) {
      return new Publisher(loop, target, number, options.clip(), pacer, of, phase);
    }
    of.ofPackets();
    if (who == null) {
      return new RtpPublisher(loop, target, clip, pacer, of);
    }
    presence.enter();
    return new WhipPublisher(
        loop, target.at(number), options.token(), who, clip, pacer, of, phase, presence::leave);
  }

  /** Tells the servers that the streams end, so that they need not find it out. */
  private void farewell() {
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      loops.of(i).loop().execute(client::close);
    }
    presence.awaitNone(GOODBYE);
    for (LoadLoop loop : loops.all()) {
      loop.loop().schedule(() -> {}, 50, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
  }

  private PlaySample sample() {
    for (LoadLoop loop : loops.all()) {
      loop.call(
          () -> {
            loop.clock().align();
            return true;
          });
    }
    return meters.all(PublishMeters::sample).stream().reduce(PlaySample.zero(), PlaySample::plus);
  }

  private RunRecord record() {
    PublishMeters totals = new PublishMeters();
    meters.each(totals::add);
    PublishSummary summary = PublishSummary.of(totals, sampler.seconds());
    GeneratorFigures generator = sampler.generator();
    List<String> warnings = new ArrayList<>(sampler.warnings(generator));
    if (summary.lateMs().p99() > LATE_MS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "frames were sent late (99 %% within %.0f ms): the machine is too busy for this many publishers",
              summary.lateMs().p99()));
    }
    return new RunRecord(
        RunRecord.SCHEMA,
        "publish",
        started,
        parameters(),
        Machine.here(),
        null,
        summary,
        sampler.server(summary.megabitsPerSecond()),
        generator,
        warnings,
        sampler.series());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("url", options.target().url());
    map.put("protocol", options.target().protocol().name());
    map.put("count", options.count());
    map.put("source", options.source());
    RtcClip clip = packets;
    map.put("bitrate", Math.round(clip == null ? options.clip().bitrate() : clip.bitrate()));
    map.put("rampPerSecond", options.rampPerSecond());
    map.put("warmupSeconds", options.warmup().toMillis() / 1e3);
    map.put("threads", options.threads());
    return map;
  }
}
