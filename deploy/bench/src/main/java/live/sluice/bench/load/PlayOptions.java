package live.sluice.bench.load;

import java.time.Duration;
import live.sluice.bench.measure.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * What to play.
 *
 * @param count players
 * @param streams for a URL with {@code {n}}: player i plays stream i modulo this
 * @param rampPerSecond players started in a second
 * @param warmup after the last was started, until it counts
 * @param duration how long it counts
 * @param threads event loops
 * @param pid the server's process; 0: not measured
 * @param pool HLS: connections that all players share; 0: each has its own
 * @param slow players that stop reading once it counts
 * @param stopReading how long they do
 * @param churnPerSecond players a second that leave, each of them for another one; 0: they stay
 * @param opened WHEP: players that open all packets; others open them up to their first keyframe
 * @param deadlines WHEP: how late packets may come to be in time; null: nobody asks
 * @param token WHEP: what the request bears as its credential; null for none
 */
public record PlayOptions(
    Target target,
    int count,
    int streams,
    double rampPerSecond,
    Duration warmup,
    Duration duration,
    int threads,
    long pid,
    int pool,
    int slow,
    Duration stopReading,
    double churnPerSecond,
    int opened,
    @Nullable Deadlines deadlines,
    @Nullable String token) {
  /** How long what is late is waited for, within the duration. */
  public static final Duration SETTLE = Duration.ofSeconds(2);
}
