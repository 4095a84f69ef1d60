package live.sluice.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import live.sluice.bench.load.PlayLoad;
import live.sluice.bench.load.PlayOptions;
import live.sluice.bench.load.Target;
import live.sluice.bench.measure.Deadlines;
import live.sluice.bench.measure.PlaySummary;
import live.sluice.bench.measure.RunRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays. Exit status 1 when a player never came to play or was cut off. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = "Play a stream, or many, by the thousand.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:all played to the end", "1:a player failed or was cut off"})
final class PlayCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      description = "rtmp://host/app/stream, http://host/app/stream.flv, ws://host/app/stream.flv,"
          + " http://host/app/stream.m3u8, whep://host/app/stream, http://host:1985/app/stream/whep or"
          + " janus://host/janus/mountpoint; {n} in it is a number, from 0")
  private String url = "";

  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--streams",
      paramLabel = "M",
      defaultValue = "0",
      description = "with {n}: how many streams there are; the players are spread over them (as many as players)")
  private int streams;

  @Option(
      names = "--for",
      paramLabel = "T",
      defaultValue = "30s",
      description = "how long, after the warm-up (${DEFAULT-VALUE})")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--pool",
      paramLabel = "N",
      defaultValue = "0",
      description = "HLS: all players share so many connections, as behind a CDN; else each has its own")
  private int pool;

  @Option(
      names = "--slow",
      paramLabel = "K",
      defaultValue = "0",
      description = "so many of the players stop reading for a time once it counts")
  private int slow;

  @Option(
      names = "--stop-reading",
      paramLabel = "T",
      defaultValue = "20s",
      description = "how long they do (${DEFAULT-VALUE})")
  private Duration stopReading = Duration.ofSeconds(20);

  @Option(
      names = "--churn",
      paramLabel = "R/s",
      defaultValue = "0",
      converter = RateConverter.class,
      description = "so many of the players leave each second, once all have come, and others take their places")
  private double churn;

  @Option(
      names = "--open",
      paramLabel = "N",
      description = "WebRTC: so many players decrypt all packets and so have latencies, the others up to their first"
          + " keyframe only (all)")
  private @Nullable Integer opened;

  @Option(
      names = "--deadline",
      paramLabel = "T",
      description = "WebRTC: count the packets that come within that time of their sending; the last two seconds only wait")
  private @Nullable Duration deadline;

  @Option(names = "--sound-deadline", paramLabel = "T", description = "the same for packets of sound (as --deadline)")
  private @Nullable Duration soundDeadline;

  @Override
  public Integer call() {
    run.check();
    if (churn < 0 || (churn > 0 && slow > 0)) {
      throw new BenchException("--churn is not below 0, and there is none together with --slow");
    }
    if (slow < 0 || slow > run.count) {
      throw new BenchException("--slow must be from 0 to the number of players");
    }
    PlayOptions options =
        new PlayOptions(
            Target.of(url),
            run.count,
            streams > 0 ? streams : run.count,
            run.ramp,
            run.warmup,
            duration,
            run.threads,
            run.pid,
            pool,
            slow,
            stopReading,
            churn,
            opened == null ? run.count : opened,
            deadlines(),
            run.token);
    RunRecord record = LiveRun.of(observer -> PlayLoad.run(options, observer), run.json);
    PlaySummary play = record.play();
    if (play == null || play.failed() > 0 || play.disconnected() > 0) {
      return 1;
    }
    // Of a churn some are always about to join.
    return play.played() == play.players() || (churn > 0 && play.played() > 0) ? 0 : 1;
  }

  private @Nullable Deadlines deadlines() {
    if (deadline == null) {
      return null;
    }
    if (duration.compareTo(PlayOptions.SETTLE.multipliedBy(2)) < 0) {
      throw new BenchException("with --deadline it takes 4 seconds at least (--for)");
    }
    return new Deadlines(deadline.toNanos(), (soundDeadline == null ? deadline : soundDeadline).toNanos());
  }
}
