package live.sluice.line;

/**
 * What the line could not take of a region.
 *
 * @param region its name
 * @param overruns frames that were lost because they came faster than the line could read them
 * @param oversized frames that were no single packets, and were dropped
 */
public record RegionReport(String region, long overruns, long oversized) {}
