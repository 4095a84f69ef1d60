package live.sluice.cluster;

import static live.sluice.cluster.Region.claim;
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

/** What becomes of streams when nodes die, the directory is lost, or there were two of it. */
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
  void ofTwoOwnersTheGreaterEpochWinsWhenTheyMeet() throws Exception {
    try (Region region = new Region(1)) {
      ClusterDirectory edge = region.edge(0);
      Recorder atEdge = Recorder.of(edge);
      StreamEntry earlier = granted(edge, KEY);
      ClusterDirectory origin = region.origin(0);
      Recorder atOrigin = Recorder.of(origin);
      StreamEntry later = granted(origin, KEY);
      assertThat(later.epoch()).isGreaterThan(earlier.epoch());
      Await.until("the loser is told", () -> atEdge.losses.contains(new Recorder.Loss(earlier, later)));
      assertThat(edge.lookup(KEY)).isEqualTo(later);
      assertThat(origin.lookup(KEY)).isEqualTo(later);
      assertThat(atOrigin.losses).isEmpty();
    }
  }

  @Test
  void twoClustersThatMeetAgreeOnOneOwner() throws Exception {
    try (Region region = new Region(2)) {
      // The second looks for the first, which does not look for the second: two clusters, until the second finds it.
      ClusterDirectory second = ready(region.origin(1));
      ClusterDirectory first = ready(region.origin(0, List.of(region.memberAddress(0))));
      ClusterDirectory edge = ready(region.edge(0));
      Recorder atFirst = Recorder.of(first);
      Recorder atSecond = Recorder.of(second);
      StreamKey other = StreamKey.of("live", "other");
      StreamEntry seconds = granted(second, KEY);
      StreamEntry firsts = granted(first, KEY);
      StreamEntry firstsOther = granted(first, other);
      StreamEntry secondsOther = granted(second, other);

      Await.until("the loser of one is told", () -> atSecond.losses.contains(new Recorder.Loss(seconds, firsts)));
      Await.until(
          "the loser of the other is told", () -> atFirst.losses.contains(new Recorder.Loss(firstsOther, secondsOther)));
      for (ClusterDirectory each : List.of(first, second, edge)) {
        Await.until("all agree", () -> firsts.equals(each.lookup(KEY)) && secondsOther.equals(each.lookup(other)));
        Await.until("all know all", () -> each.nodes().size() == 3);
      }
      assertThat(atFirst.losses).hasSize(1);
      assertThat(atSecond.losses).hasSize(1);
    }
  }

  @Test
  void withAQuorumAMinorityRefusesWithAReason() throws Exception {
    try (Region region = new Region(3, true)) {
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = region.origin(1);
      ClusterDirectory third = region.origin(2);
      ready(second);
      ready(third);
      region.awaitSafe(3);
      StreamEntry mine = grantedAtLast(first, KEY);
      second.terminate();
      StreamEntry still = grantedAtLast(first, StreamKey.of("live", "majority"));
      assertThat(still.owner()).isEqualTo(mine.owner());
      third.terminate();
      Await.until("the others are missed", () -> first.nodes().size() == 1);
      StreamKey late = StreamKey.of("live", "minority");
      Claim claim = claim(first, late);
      assertThat(claim).isInstanceOf(Claim.Unavailable.class);
      assertThat(((Claim.Unavailable) claim).why()).contains("quorum");
      // What it had it keeps.
      assertThat(first.lookup(KEY)).isEqualTo(mine);
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
