package live.sluice.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
import live.sluice.bench.measure.PlayerMeter;
import live.sluice.bench.measure.RunRecord;

/**
 * Plays: starts players at a steady rate, waits for the warm-up to pass, measures, ends. One use.
 */
public final class PlayLoad {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final PlayOptions options;
  private final Observer observer;
  private final LoadLoops loops;
  private final PerLoop<PlayMeters> meters;
  private final List<Client> clients = Collections.synchronizedList(new ArrayList<>());
  private final List<PlayerMeter> seated = Collections.synchronizedList(new ArrayList<>());
  private final Set<Integer> slow = new HashSet<>();
  private final Sampler sampler;
  private final String started = Instant.now().toString();

  private PlayLoad(PlayOptions options, Observer observer, LoadLoops loops) {
    this.options = options;
    this.observer = observer;
    this.loops = loops;
    this.meters = new PerLoop<>(loops, loop -> new PlayMeters(loop.clock(), PlayMeters.Settings.DEFAULT.within(options.deadlines())));
    this.sampler = new Sampler(loops, options.pid(), options.target().protocol().packets(), this::sample);
  }

  /** Runs it to its end. */
  public static RunRecord run(PlayOptions options, Observer observer) {
    // Of WHEP the media, and for a moment the request.
    int each = options.target().protocol().packets() ? 2 : 1;
    FileDescriptors.need(options.pool() > 0 ? options.pool() : each * options.count());
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
      PlayerMeter meter = of.player(stops);
      seated.add(meter);
      clients.add(players.make(i, meter, of));
    }
    boolean churns = options.churnPerSecond() > 0;
    Churn churn = new Churn(loops, options.count(), options.churnPerSecond(), seat -> change(players, seat));
    if (churns) {
      churn.start((long) (options.count() / options.rampPerSecond() * 1_000));
    }
    // Seats of a churn are never all left: who failed is replaced as well.
    new Run(observer, sampler, churns ? Integer.MAX_VALUE : options.count())
        .run(
            loops,
            clients,
            options.rampPerSecond(),
            options.warmup(),
            options.duration(),
            () -> {
              meters.each(PlayMeters::begin);
              stopReading();
              settleInTime();
            },
            () -> meters.each(PlayMeters::end));
    if (churns) {
      churn.stop();
    }
    RunRecord record = record();
    if (options.target().protocol().packets()) {
      farewell(players);
    }
    return record;
  }

  /** Gives a seat to another player; on its loop. Not where who sits there is still about to come. */
  private boolean change(Players players, int seat) {
    PlayerMeter before = seated.get(seat);
    if (!before.isOver() && !before.isPlaying()) {
      return false;
    }
    PlayMeters of = meters.of(seat);
    clients.get(seat).close();
    of.leave(before);
    PlayerMeter meter = of.player(false);
    seated.set(seat, meter);
    Client next = players.make(seat, meter, of);
    clients.set(seat, next);
    next.start();
    return true;
  }

  /** Sessions of packets end when they are told to, or many seconds later. */
  private void farewell(Players players) {
    for (int i = 0; i < clients.size(); i++) {
      int seat = i;
      loops.of(i).loop().execute(() -> clients.get(seat).close());
    }
    players.presence().awaitNone(GOODBYE);
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

  /** What is sent shortly before the end could not come in time, whoever's fault. */
  private void settleInTime() {
    for (int i = 0; options.deadlines() != null && i < loops.all().size(); i++) {
      PlayMeters of = meters.of(i);
      long after = options.duration().minus(PlayOptions.SETTLE).toMillis();
      loops.of(i).loop().schedule(of::settle, after, TimeUnit.MILLISECONDS);
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
        sampler.warnings(generator),
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
    if (options.target().protocol().packets()) {
      map.put("opened", Math.min(options.opened(), options.count()));
    }
    if (options.churnPerSecond() > 0) {
      map.put("churnPerSecond", options.churnPerSecond());
    }
    if (options.slow() > 0) {
      map.put("slow", options.slow());
      map.put("stopReadingSeconds", options.stopReading().toMillis() / 1e3);
    }
    return map;
  }
}
