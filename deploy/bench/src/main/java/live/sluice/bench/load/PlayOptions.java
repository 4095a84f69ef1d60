package live.sluice.bench.load;

import java.time.Duration;

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
    Duration stopReading) {}
