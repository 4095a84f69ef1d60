package live.sluice.bench.measure;

import org.jspecify.annotations.Nullable;

/**
 * One second of a run.
 *
 * @param second since the first client was started
 * @param measured whether it counts: not while clients are still being started, and not in the warm-up
 * @param clients that are being sent media, or send it
 * @param ended clients that failed or were cut off, so far
 * @param stalls within this second
 * @param lost packets within this second; null where the protocol has none
 * @param latencyP50Ms forwarding latency within this second; null without any
 */
public record SeriesPoint(
    double second,
    boolean measured,
    int clients,
    int ended,
    double megabitsPerSecond,
    double framesPerSecond,
    long stalls,
    @Nullable Long lost,
    @Nullable Double latencyP50Ms,
    @Nullable Double latencyP99Ms,
    @Nullable Double latencyMaxMs,
    @Nullable Double serverCpuPercent,
    @Nullable Long serverRssBytes,
    double generatorCpuPercent,
    double loopBusyPercent) {}
