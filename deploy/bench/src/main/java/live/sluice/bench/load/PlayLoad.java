package live.sluice.bench.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.measure.GeneratorFigures;
import live.sluice.bench.measure.Machine;
import live.sluice.bench.measure.PlayMeters;
import live.sluice.bench.measure.PlaySample;
import live.sluice.bench.measure.PlaySummary;
import live.sluice.bench.measure.PlayTotals;
import live.sluice.bench.measure.RunRecord;

/**
 * Plays: starts players at a steady rate, waits for the warm-up to pass, measures, ends. One use.
 */
public final class PlayLoad {
  private final PlayOptions options;
  private final Observer observer;
  private final LoadLoops loops;
  private final PerLoop<PlayMeters> meters;
  private final List<Client> clients = new ArrayList<>();
  private final Set<Integer> slow = new HashSet<>();
  private final Sampler sampler;
  private final String started = Instant.now().toString();

  private PlayLoad(PlayOptions options, Observer observer, LoadLoops loops) {
    this.options = options;
    this.observer = observer;
    this.loops = loops;
    this.meters = new PerLoop<>(loops, loop -> new PlayMeters(loop.clock(), PlayMeters.Settings.DEFAULT));
    this.sampler = new Sampler(loops, options.pid(), this::sample);
  }

  /** Runs it to its end. */
  public static RunRecord run(PlayOptions options, Observer observer) {
    FileDescriptors.need(options.pool() > 0 ? options.pool() : options.count());
    try (LoadLoops loops = new LoadLoops(options.threads())) {
      return new PlayLoad(options, observer, loops).run();
    }
  }

  private RunRecord run() {
    Players players = new Players(options, loops);
    for (int i = 0; i < options.count(); i++) {
      PlayMeters of = meters.of(i);
      // The slow ones are spread over all.
      boolean stops = (long) i * options.slow() / options.count() != (i + 1L) * options.slow() / options.count();
      if (stops) {
        slow.add(i);
      }
      clients.add(players.make(i, of.player(stops)));
    }
    new Run(observer, sampler, options.count())
        .run(
            loops,
            clients,
            options.rampPerSecond(),
            options.warmup(),
            options.duration(),
            () -> {
              meters.each(PlayMeters::begin);
              stopReading();
            },
            () -> meters.each(PlayMeters::end));
    return record();
  }

  private void stopReading() {
    if (options.slow() == 0) {
      return;
    }
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      if (slow.contains(i)) {
        LoadLoop loop = loops.of(i);
        loop.loop().execute(() -> client.pause(true));
        loop.loop().schedule(() -> client.pause(false), options.stopReading().toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private PlaySample sample() {
    return meters.all(PlayMeters::sample).stream().reduce(PlaySample.zero(), PlaySample::plus);
  }

  private RunRecord record() {
    PlayTotals totals = new PlayTotals();
    meters.all(PlayMeters::totals).forEach(totals::add);
    PlaySummary summary = PlaySummary.of(totals, sampler.seconds());
    GeneratorFigures generator = sampler.generator();
    return new RunRecord(
        RunRecord.SCHEMA,
        "play",
        started,
        parameters(),
        Machine.here(),
        summary,
        null,
        sampler.server(summary.megabitsPerSecond()),
        generator,
        Sampler.warnings(generator),
        sampler.series());
  }

  private Map<String, Object> parameters() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("url", options.target().url());
    map.put("protocol", options.target().protocol().name());
    map.put("count", options.count());
    map.put("streams", options.target().numbered() ? options.streams() : 1);
    map.put("rampPerSecond", options.rampPerSecond());
    map.put("warmupSeconds", options.warmup().toMillis() / 1e3);
    map.put("forSeconds", options.duration().toMillis() / 1e3);
    map.put("threads", options.threads());
    if (options.pool() > 0) {
      map.put("pool", options.pool());
    }
    if (options.slow() > 0) {
      map.put("slow", options.slow());
      map.put("stopReadingSeconds", options.stopReading().toMillis() / 1e3);
    }
    return map;
  }
}
