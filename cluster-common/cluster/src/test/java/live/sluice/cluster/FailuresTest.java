package live.sluice.cluster;

import static live.sluice.cluster.Region.granted;
import static live.sluice.cluster.Region.grantedAtLast;
import static live.sluice.cluster.Region.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.Test;

/** What becomes of streams when nodes die, or the directory is lost. */
class FailuresTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  @Test
  void theStreamsOfAKilledOriginAreGoneAndMayBeClaimed() throws Exception {
    try (Region region = new Region(2)) {
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = ready(region.origin(1));
      ClusterDirectory edge = ready(region.edge(0));
      region.awaitSafe(2);
      StreamEntry lost = granted(first, KEY);
      Await.until("all see it", () -> lost.equals(edge.lookup(KEY)) && lost.equals(second.lookup(KEY)));
      Recorder atEdge = Recorder.of(edge);

      first.terminate();
      StreamEntry won = grantedAtLast(second, KEY);
      assertThat(won.epoch()).isGreaterThan(lost.epoch());
      assertThat(won.discontinuitySequence()).isEqualTo(lost.discontinuitySequence() + 1);
      Await.until("the edge sees the new owner", () -> won.equals(edge.lookup(KEY)));
      Await.until("the dead origin is no node", () -> edge.nodes().size() == 2 && second.nodes().size() == 2);
      assertThat(atEdge.saw(KEY, won)).isTrue();
    }
  }

  @Test
  void theStreamsOfAKilledOriginAreNoLongerShownWhenNobodyClaimsThem() throws Exception {
    try (Region region = new Region(2)) {
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = ready(region.origin(1));
      ClusterDirectory edge = ready(region.edge(0));
      region.awaitSafe(2);
      granted(second, KEY);
      Await.until("all see it", () -> edge.lookup(KEY) != null && first.lookup(KEY) != null);
      Recorder atEdge = Recorder.of(edge);
      second.terminate();
      Await.until("it is gone everywhere", () -> edge.lookup(KEY) == null && first.lookup(KEY) == null);
      Await.until("listeners are told", () -> atEdge.saw(KEY, null));

      // Started anew it is another one, and may publish at once.
      ClusterDirectory anew = ready(region.origin(1));
      StreamEntry mine = granted(anew, KEY);
      Await.until("the edge sees the new life", () -> mine.equals(edge.lookup(KEY)));
    }
  }

  @Test
  void anOwnerThatIsOutOfSightAndStillAnswersKeepsItsPlayers() throws Exception {
    try (Region region = new Region(2)) {
      region.reachable = true;
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = ready(region.origin(1));
      region.awaitSafe(2);
      StreamEntry theirs = granted(second, KEY);
      Await.until("it is seen", () -> theirs.equals(first.lookup(KEY)));
      Recorder atFirst = Recorder.of(first);
      second.terminate();

      // Its name is not held back from a publisher; until then it was never missing.
      StreamEntry mine = grantedAtLast(first, KEY);
      Await.until("listeners are told of the new owner", () -> atFirst.saw(KEY, mine));
      assertThat(atFirst.saw(KEY, null)).isFalse();
      assertThat(first.nodes()).hasSize(2);
    }
  }

  @Test
  void anEdgeWorksAloneAndConnectsByItselfWhenAnOriginComes() throws Exception {
    try (Region region = new Region(1)) {
      ClusterDirectory edge = region.edge(0);
      assertThat(edge.connected()).isFalse();
      StreamEntry alone = granted(edge, KEY);
      assertThat(edge.lookup(KEY)).isEqualTo(alone);
      ClusterDirectory origin = ready(region.origin(0));
      ready(edge);
      Await.until("what was granted alone stands in the directory", () -> alone.equals(origin.lookup(KEY)));
    }
  }

  @Test
  void anEdgeKeepsItsViewWhileAllOriginsAreDownAndRecovers() throws Exception {
    try (Region region = new Region(2)) {
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = ready(region.origin(1));
      ClusterDirectory edge = ready(region.edge(0));
      StreamKey edges = StreamKey.of("live", "edges");
      StreamEntry before = granted(first, KEY);
      StreamEntry edgesOwn = granted(edge, edges);
      Await.until("the edge sees it", () -> before.equals(edge.lookup(KEY)));

      // The owner last: an edge that sees it go while another origin is there rightly takes its streams for ended.
      second.terminate();
      first.terminate();
      Await.until("the edge knows that the directory is lost", () -> !edge.connected());
      assertThat(edge.lookup(KEY)).isEqualTo(before);
      assertThat(edge.lookup(edges)).isEqualTo(edgesOwn);

      ClusterDirectory firstAnew = region.origin(0);
      ClusterDirectory secondAnew = region.origin(1);
      ready(firstAnew);
      ready(secondAnew);
      Await.until("the edge is back", edge::connected);
      Await.until("the former life's stream is gone", () -> edge.lookup(KEY) == null);
      Await.until(
          "the edge's own stream is known again",
          () -> edgesOwn.equals(firstAnew.lookup(edges)) && edgesOwn.equals(secondAnew.lookup(edges)));
      StreamEntry after = grantedAtLast(secondAnew, KEY);
      assertThat(after.epoch()).isGreaterThan(before.epoch());
      Await.until("the edge sees the new stream", () -> after.equals(edge.lookup(KEY)));
    }
  }

  @Test
  void anOriginStartsThoughAnotherDoesNotAnswer() throws Exception {
    List<Socket> callers = new ArrayList<>();
    try (Region region = new Region(1);
        ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // What comes when the backlog is full is dropped, as a machine that is cut off would drop it.
      boolean full = false;
      while (!full) {
        Socket caller = new Socket();
        callers.add(caller);
        try {
          caller.connect(deaf.getLocalSocketAddress(), 300);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
      String other = "127.0.0.1:" + deaf.getLocalPort();
      ClusterDirectory origin = ready(region.origin(0, List.of(region.memberAddress(0), other)));
      assertThat(origin.connected()).isTrue();
    } finally {
      for (Socket caller : callers) {
        caller.close();
      }
    }
  }

  @Test
  void closingReleasesEverythingAndEndsAllThreads() throws Exception {
    Region region = new Region(2);
    ClusterDirectory first = ready(region.origin(0));
    ClusterDirectory second = ready(region.origin(1));
    ClusterDirectory edge = ready(region.edge(0));
    region.awaitSafe(2);
    StreamEntry mine = granted(first, KEY);
    Await.until("the edge sees it", () -> mine.equals(edge.lookup(KEY)));
    first.close();
    Await.until("it is gone", () -> edge.lookup(KEY) == null && second.lookup(KEY) == null);
    Await.until("the node is gone", () -> edge.nodes().size() == 2);
    assertThat(first.claim(KEY, false).toCompletableFuture().get(5, TimeUnit.SECONDS))
        .isInstanceOf(Claim.Unavailable.class);
    edge.close();
    second.close();
    Await.until("all threads end", () -> ourThreads().isEmpty());
  }

  @Test
  void anEdgeThatNeverFoundAnOriginClosesAtOnce() throws Exception {
    Region region = new Region(1);
    ClusterDirectory edge = region.edge(0);
    granted(edge, KEY);
    long before = System.nanoTime();
    edge.close();
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  private static Set<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("hz.") || name.startsWith("directory-"))
        .collect(Collectors.toSet());
  }
}
