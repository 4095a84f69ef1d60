package live.sluice.cluster;

import static live.sluice.cluster.Region.claim;
import static live.sluice.cluster.Region.granted;
import static live.sluice.cluster.Region.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A region of two origins and an edge that hears of streams of other regions. */
class AnnouncedTest {
  private static Region region;
  private static ClusterDirectory first;
  private static ClusterDirectory second;
  private static ClusterDirectory edge;

  @BeforeAll
  static void start() throws Exception {
    region = new Region(2);
    first = ready(region.origin(0));
    second = region.origin(1);
    edge = region.edge(0);
    ready(second);
    ready(edge);
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @Test
  void whatOneGatewayHearsTheWholeRegionSees() {
    StreamKey key = StreamKey.of("live", "heard");
    Recorder atEdge = Recorder.of(edge);
    Announcement direct = Abroad.direct(key, "north", 5);
    assertThat(first.announce(direct)).isTrue();
    Await.until("the edge sees it", () -> direct.entry().equals(edge.lookup(key)));
    Await.until("the other origin sees it", () -> second.entries().contains(direct.entry()));
    Await.until("the edge is told", () -> atEdge.saw(key, direct.entry()));
    assertThat(edge.routes(key)).containsExactly(direct);
    assertThat(edge.announcements()).contains(direct);

    first.withdraw(key, "north");
    Await.until("nobody sees it", () -> edge.lookup(key) == null && second.lookup(key) == null);
    Await.until("the edge is told of the end", () -> atEdge.saw(key, null));
    Await.until("of the routes too", () -> atEdge.routes.contains(key));
  }

  @Test
  void anotherWayIsTakenWhenTheBestIsLost() {
    StreamKey key = StreamKey.of("live", "ways");
    Announcement direct = Abroad.direct(key, "east", 5);
    Announcement through = Abroad.by("west", direct, 20);
    first.announce(direct);
    second.announce(through);
    Await.until("the edge sees both", () -> edge.routes(key).size() == 2);
    assertThat(edge.routes(key)).containsExactly(direct, through);
    first.withdrawAll("east");
    Await.until("the edge sees one", () -> edge.routes(key).size() == 1);
    assertThat(edge.routes(key)).containsExactly(through);
    assertThat(edge.lookup(key)).isEqualTo(direct.entry());
    second.withdrawAll("west");
    Await.until("the edge sees none", () -> edge.lookup(key) == null);
  }

  @Test
  void ofManyWaysTheRegionIsToldTheBest() {
    StreamKey key = StreamKey.of("live", "many");
    Announcement direct = Abroad.direct(key, "north", 5);
    first.announce(direct);
    for (int i = 1; i <= 6; i++) {
      (i % 2 == 0 ? first : second).announce(Abroad.by("third-" + i, direct, 20 + i));
    }
    List<Announcement> best = List.of(direct, Abroad.by("third-1", direct, 21), Abroad.by("third-2", direct, 22));
    Await.until("the edge sees the best three", () -> edge.routes(key).equals(best));

    first.withdraw(key, "north");
    List<Announcement> next = List.of(best.get(1), best.get(2), Abroad.by("third-3", direct, 23));
    Await.until("the edge sees the next one too", () -> edge.routes(key).equals(next));
    for (int i = 1; i <= 6; i++) {
      (i % 2 == 0 ? first : second).withdraw(key, "third-" + i);
    }
    Await.until("the edge sees none", () -> edge.lookup(key) == null);
  }

  @Test
  void whatComesBackIsRefused() {
    StreamKey key = StreamKey.of("live", "loop");
    Announcement own = Abroad.direct(key, "here", 5);
    assertThat(first.announce(own)).isFalse();
    assertThat(first.announce(Abroad.by("west", own, 1))).isFalse();
  }

  @Test
  void aNodeOfANameThatIsTakenHereIsLeftOut() {
    StreamKey key = StreamKey.of("live", "twins");
    NodeInfo twin = Abroad.node("origin-1", "north");
    Await.until("the nodes know each other", () -> first.nodes().size() > 2);
    StreamEntry entry = new StreamEntry(key, twin, 5, 0, List.of());
    assertThat(first.announce(new Announcement(entry, twin, List.of("north"), 1))).isFalse();
  }

  @Test
  void aPublisherIsRefusedWhileAnotherRegionHasTheStream() throws Exception {
    StreamKey key = StreamKey.of("live", "busy");
    Announcement direct = Abroad.direct(key, "north", System.currentTimeMillis() + 100_000);
    first.announce(direct);
    Await.until("the other origin knows", () -> second.lookup(key) != null);
    assertThat(claim(second, key)).isEqualTo(new Claim.Refused(direct.entry()));

    Claim taken = second.claim(key, true).toCompletableFuture().get(30, TimeUnit.SECONDS);
    StreamEntry mine = ((Claim.Granted) taken).entry();
    assertThat(mine.beats(direct.entry())).as("a take-over wins everywhere").isTrue();
    assertThat(second.lookup(key)).isEqualTo(mine);
    Await.until("the region's own comes first", () -> mine.equals(edge.lookup(key)));
    second.release(mine);
    first.withdraw(key, "north");
    Await.until("all is over", () -> edge.lookup(key) == null);
  }

  @Test
  void theNextEpochIsAboveThoseOfOtherRegionsThatAreOver() throws Exception {
    StreamKey key = StreamKey.of("live", "epochs");
    long ahead = System.currentTimeMillis() + 100_000;
    first.announce(Abroad.direct(key, "north", ahead));
    Await.until("the other origin knows", () -> second.lookup(key) != null);
    first.withdraw(key, "north");
    Await.until("it is over", () -> second.lookup(key) == null);
    StreamEntry mine = granted(second, key);
    assertThat(mine.epoch()).isEqualTo(ahead + 1);
    second.release(mine);
  }

  @Test
  void ofTwoPublishersInTwoRegionsTheLaterOneWins() throws Exception {
    StreamKey key = StreamKey.of("live", "both");
    Recorder atSecond = Recorder.of(second);
    StreamEntry mine = granted(second, key);
    Announcement older = Abroad.direct(key, "north", mine.epoch() - 1);
    first.announce(older);
    Await.until("the owner knows of the other", () -> !second.routes(key).isEmpty());
    assertThat(second.lookup(key)).isEqualTo(mine);
    assertThat(atSecond.losses).isEmpty();

    Announcement later = Abroad.direct(key, "north", mine.epoch() + 1);
    first.announce(later);
    Await.until("the owner is told", () -> atSecond.losses.contains(new Recorder.Loss(mine, later.entry())));
    Await.until("all see the winner", () -> later.entry().equals(edge.lookup(key)) && later.entry().equals(first.lookup(key)));
    first.withdraw(key, "north");
    Await.until("the loser's end was written", () -> edge.lookup(key) == null && first.lookup(key) == null);
  }

  @Test
  void whatAGatewayHeardGoesWithIt() throws Exception {
    StreamKey key = StreamKey.of("live", "gone");
    ClusterDirectory gateway = ready(region.edge(7));
    gateway.announce(Abroad.direct(key, "south", 5));
    Await.until("the edge sees it", () -> edge.lookup(key) != null);
    gateway.close();
    Await.until("the edge sees it no more", () -> edge.lookup(key) == null && first.lookup(key) == null);
  }
}
