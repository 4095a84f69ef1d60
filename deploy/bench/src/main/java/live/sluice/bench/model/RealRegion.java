package live.sluice.bench.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import live.sluice.bench.BenchException;
import live.sluice.cluster.ClusterDirectory;
import live.sluice.cluster.ClusterSettings;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;

/**
 * What the announcements that a region has weigh in a real directory: an origin with Hazelcast that is told all of them,
 * and an edge that sees them.
 *
 * @param announcements how many
 * @param originBytes heap that the origin takes for them: Hazelcast's map and its own view
 * @param edgeBytes heap that an edge takes for them
 * @param seconds from the first that is told to the last that the edge sees
 */
record RealRegion(int announcements, long originBytes, long edgeBytes, double seconds) {
  private static final long LIMIT_SECONDS = 180;

  // Kept, for a logger that nobody has is forgotten with its level. What Hazelcast remarks of its JVM is for nobody here.
  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  static RealRegion measure(List<Announcement> all) {
    HAZELCAST.setLevel(Level.SEVERE);
    int member = freePort();
    int client = freePort();
    return measure(all, member, client);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no port is free for a directory: " + e.getMessage());
    }
  }

  private static RealRegion measure(List<Announcement> all, int member, int client) {
    try (ClusterDirectory origin = directory(NodeInfo.Role.ORIGIN, member, client, member)) {
      joined(origin);
      long emptyOrigin = heap();
      long[] withEdge = new long[2];
      double seconds = watch(origin, all, member, client, withEdge);
      long fullOrigin = heap();
      long emptyEdge = withEdge[0] - emptyOrigin;
      return new RealRegion(
          all.size(), fullOrigin - emptyOrigin, withEdge[1] - fullOrigin - emptyEdge, seconds);
    }
  }

  /** Lets an edge see all of it; tells the heap before and after, and how long it took. The edge is gone afterwards. */
  private static double watch(
      ClusterDirectory origin, List<Announcement> all, int member, int client, long[] withEdge) {
    try (ClusterDirectory edge = directory(NodeInfo.Role.EDGE, member, client, client)) {
      joined(edge);
      withEdge[0] = heap();
      long start = System.nanoTime();
      for (Announcement each : all) {
        if (!origin.announce(each)) {
          throw new BenchException("the directory takes no more than its bound of announcements");
        }
      }
      until(() -> edge.announcements().size() == all.size());
      double seconds = (System.nanoTime() - start) / 1e9;
      withEdge[1] = heap();
      return seconds;
    }
  }

  private static ClusterDirectory directory(NodeInfo.Role role, int member, int client, int seed) {
    NodeInfo self = new NodeInfo("model-" + role, 1, role, "here", "127.0.0.1", 1, 2, 3, 4);
    return ClusterDirectory.start(
        ClusterSettings.of("sluice-model", "127.0.0.1", member, client, List.of("127.0.0.1:" + seed)),
        self,
        InstantSource.system());
  }

  private static void joined(ClusterDirectory directory) {
    try {
      directory.ready().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped");
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the directory did not start: " + e.getMessage());
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new BenchException("the announcements did not come through in " + LIMIT_SECONDS + " s");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** What is in use when all garbage is gone. */
  static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      LockSupport.parkNanos(100_000_000);
      least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}
