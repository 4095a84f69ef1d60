package live.sluice.bench.measure;

/**
 * What the measured server spent while it was measured, with its child processes.
 *
 * @param cpuPercent of one core, user and system
 * @param cpuPercentPerGbps the same per Gb/s that the clients moved; 0 when they moved none
 * @param rssBytes at the end
 */
public record ServerFigures(
    long pid, double cpuPercent, double userPercent, double systemPercent, double cpuPercentPerGbps, long rssBytes) {}
