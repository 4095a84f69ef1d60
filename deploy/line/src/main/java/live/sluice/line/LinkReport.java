package live.sluice.line;

/**
 * How the way from one region to another is.
 *
 * @param from name of the region that sends
 * @param to name of the region that receives
 * @param settings what it is like now
 * @param counters what has passed
 */
public record LinkReport(String from, String to, LinkSettings settings, LinkCounters counters) {}
