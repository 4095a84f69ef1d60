package live.sluice.bench.load;

import java.time.Duration;
import live.sluice.bench.clip.Clip;
import org.jspecify.annotations.Nullable;

/**
 * What to publish.
 *
 * @param count publishers
 * @param clip what each of them sends
 * @param source how the clip was made, for the record
 * @param frameNanos from one picture to the next: publishers are spread over this time
 * @param rampPerSecond publishers started in a second
 * @param warmup after the last was started, until it counts
 * @param duration how long it counts
 * @param threads event loops
 * @param pid the server's process; 0: not measured
 * @param token WHIP: what the request bears as its credential; null for none
 */
public record PublishOptions(
    Target target,
    int count,
    Clip clip,
    String source,
    long frameNanos,
    double rampPerSecond,
    Duration warmup,
    Duration duration,
    int threads,
    long pid,
    @Nullable String token) {}
