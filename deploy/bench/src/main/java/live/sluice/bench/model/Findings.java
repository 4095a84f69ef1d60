package live.sluice.bench.model;

/**
 * All that a run of the model found.
 *
 * @param publishSeconds how long all publishes and their announcements took
 * @param tableBytes heap that the directories of all regions took, each as one node has it
 * @param heard announcements that the smallest region keeps, from one gateway for each neighbour
 * @param edgesAfter what edges send in the region that takes the place of one that is lost: median, 99th percentile and most, in Gb/s
 */
record Findings(
    Shape shape,
    World world,
    Egress egress,
    Churn churn,
    double publishSeconds,
    long tableBytes,
    int heard,
    Losses.Edge edge,
    Losses.Link link,
    Losses.Region region,
    double[] edgesAfter,
    RealRegion real) {}
