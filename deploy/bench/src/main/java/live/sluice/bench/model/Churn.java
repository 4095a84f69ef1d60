package live.sluice.bench.model;

import java.util.Random;

/**
 * Viewers and publishers coming and going: what it asks of directories and links, each second.
 *
 * @param joins viewers
 * @param publishes publishers
 * @param directoryWrites writes of streams to all regions' directories
 * @param announcements announcements and withdrawals that all gateways tell their regions
 * @param pulls pulls of nodes from nodes within a region that begin
 * @param crossings pulls from one region to another that begin
 */
record Churn(
    double joins, double publishes, double directoryWrites, double announcements, double pulls, double crossings) {

  static Churn run(World world, Viewers viewers, Random random) {
    Shape shape = world.shape;
    long writes = world.directoryWrites;
    long announced = world.announcements;
    long pulls = viewers.pulls;
    long crossings = viewers.crossings;
    long joins = 0;
    long publishes = 0;
    double dueViewers = 0;
    double duePublishers = 0;
    for (int second = 0; second < shape.seconds(); second++) {
      for (dueViewers += shape.viewers() / (double) Shape.VIEWER_STAYS_SECONDS; dueViewers >= 1; dueViewers--) {
        int viewer = random.nextInt(shape.viewers());
        viewers.leave(viewer);
        viewers.join(viewer);
        joins++;
      }
      for (duePublishers += shape.streams() / (double) Shape.PUBLISHER_STAYS_SECONDS; duePublishers >= 1; duePublishers--) {
        int stream = random.nextInt(shape.streams());
        world.end(stream);
        viewers.turnAway(stream);
        world.publish(stream);
        publishes++;
      }
    }
    double seconds = shape.seconds();
    return new Churn(
        joins / seconds,
        publishes / seconds,
        (world.directoryWrites - writes) / seconds,
        (world.announcements - announced) / seconds,
        (viewers.pulls - pulls) / seconds,
        (viewers.crossings - crossings) / seconds);
  }
}
