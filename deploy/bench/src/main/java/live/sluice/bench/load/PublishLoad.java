package live.sluice.bench.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.Machine;
import live.sluice.bench.measure.PlaySample;
import live.sluice.bench.measure.PublishMeters;
import live.sluice.bench.measure.PublishSummary;
import live.sluice.bench.measure.RunRecord;

/** Publishes: starts publishers at a steady rate, measures, ends. One use. */
public final class PublishLoad {
  private static final double LATE_MS = 50;

  private final PublishOptions options;
  private final Observer observer;
  private final LoadLoops loops;
  private final PerLoop<PublishMeters> meters;
  private final List<Publisher> clients = new ArrayList<>();
  private final Sampler sampler;
  private final String started = Instant.now().toString();

  private PublishLoad(PublishOptions options, Observer observer, LoadLoops loops) {
    this.options = options;
    this.observer = observer;
    this.loops = loops;
    this.meters = new PerLoop<>(loops, loop -> new PublishMeters());
    this.sampler = new Sampler(loops, options.pid(), this::sample);
  }

  /** Runs it to its end. */
  public static RunRecord run(PublishOptions options, Observer observer) {
    FileDescriptors.need(options.count());
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
      long phase = options.frameNanos() * i / options.count();
      clients.add(new Publisher(loops.of(i), target, i, options.clip(), pacers.get(i % pacers.size()), of, phase));
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

  /** Tells the servers that the streams end, so that they need not find it out. */
  private void farewell() {
    for (int i = 0; i < clients.size(); i++) {
      Publisher client = clients.get(i);
      loops.of(i).loop().execute(client::close);
    }
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
    List<String> warnings = new ArrayList<>(Sampler.warnings(generator));
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
    map.put("count", options.count());
    map.put("source", options.source());
    map.put("bitrate", Math.round(options.clip().bitrate()));
    map.put("rampPerSecond", options.rampPerSecond());
    map.put("warmupSeconds", options.warmup().toMillis() / 1e3);
    map.put("threads", options.threads());
    return map;
  }
}
