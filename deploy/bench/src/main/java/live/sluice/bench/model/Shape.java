package live.sluice.bench.model;

/**
 * What is modelled.
 *
 * @param regions number of regions
 * @param edges number of edges in all regions; a tenth as many origins come with them, three a region at least
 * @param viewers number of viewers at any time
 * @param streams number of streams at any time
 * @param seconds how long viewers and publishers come and go
 * @param ways how many ways to each stream a gateway announces to its region, the direct one among them
 * @param seed of all that is drawn
 */
record Shape(int regions, int edges, int viewers, int streams, int seconds, int ways, long seed) {
  /** How often the most popular stream is wanted against the second, the third, ...: 1/rank to this power. */
  static final double POPULARITY = 1.0;

  /** The share of viewers who want a stream of their own region. */
  static final double LOCALITY = 0.6;

  /** How unequal regions are: the size of the i-th is 1/i to this power. */
  static final double REGION_SKEW = 0.5;

  static final int VIEWER_STAYS_SECONDS = 600;
  static final int PUBLISHER_STAYS_SECONDS = 3600;
  static final double STREAM_MBPS = 2.5;
}
