package live.sluice.bench.measure;

/**
 * What the load generator itself spent while it measured.
 *
 * @param cpuPercent of one core, all threads
 * @param loopBusyPercent CPU of its busiest event loop
 * @param loopLagP99Ms how late its loops came to what was due, of 100 looks 99
 */
public record GeneratorFigures(
    long pid, double cpuPercent, double loopBusyPercent, double loopLagP99Ms, double loopLagMaxMs, long rssBytes) {}
