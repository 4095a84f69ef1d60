package live.sluice.cluster;

import static live.sluice.cluster.Region.claim;
import static live.sluice.cluster.Region.granted;
import static live.sluice.cluster.Region.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a cluster of two origins and an edge does while all is well. */
class TwoOriginsTest {
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
  void aStreamIsSeenByAllAndRefusedToOthersUntilItIsReleased() throws Exception {
    StreamKey key = StreamKey.of("live", "seen");
    Recorder atEdge = Recorder.of(edge);
    StreamEntry mine = granted(first, key);
    assertThat(first.lookup(key)).isEqualTo(mine);
    assertThat(mine.discontinuitySequence()).as("the clock in seconds").isBetween(1_700_000_000L, 10_000_000_000L);
    Await.until("the edge sees the stream", () -> mine.equals(edge.lookup(key)));
    Await.until("the other origin sees the stream", () -> second.entries().contains(mine));
    assertThat(claim(second, key)).isEqualTo(new Claim.Refused(mine));
    assertThat(claim(first, key)).isEqualTo(new Claim.Refused(mine));

    first.release(mine);
    Await.until("the edge sees the end", () -> edge.lookup(key) == null && second.lookup(key) == null);
    Await.until("the edge is told both", () -> atEdge.saw(key, mine) && atEdge.saw(key, null));
  }

  @Test
  void ofTwoClaimsAtOnceOneIsGranted() throws Exception {
    for (int i = 0; i < 20; i++) {
      StreamKey key = StreamKey.of("live", "race" + i);
      CompletableFuture<Claim> a = first.claim(key, false).toCompletableFuture();
      CompletableFuture<Claim> b = second.claim(key, false).toCompletableFuture();
      CompletableFuture<Claim> again = first.claim(key, false).toCompletableFuture();
      List<Claim> claims =
          List.of(a.get(30, TimeUnit.SECONDS), b.get(30, TimeUnit.SECONDS), again.get(30, TimeUnit.SECONDS));
      assertThat(claims).filteredOn(claim -> claim instanceof Claim.Granted).hasSize(1);
      assertThat(claims).filteredOn(claim -> claim instanceof Claim.Refused).hasSize(2);
    }
  }

  @Test
  void epochAndDiscontinuitySequenceGoOnOverOwners() throws Exception {
    StreamKey key = StreamKey.of("live", "again");
    StreamEntry one = granted(first, key);
    first.release(one);
    StreamEntry two = granted(first, key);
    first.release(two);
    StreamEntry three = Region.grantedAtLast(second, key);
    assertThat(two.epoch()).isGreaterThan(one.epoch());
    assertThat(three.epoch()).isGreaterThan(two.epoch());
    assertThat(two.discontinuitySequence()).isEqualTo(one.discontinuitySequence() + 1);
    assertThat(three.discontinuitySequence()).isEqualTo(two.discontinuitySequence() + 1);
  }

  @Test
  void theNextOwnerGoesOnAfterTheDiscontinuitySequenceThatWasReached() throws Exception {
    StreamKey key = StreamKey.of("live", "reached");
    StreamEntry mine = granted(first, key);
    first.describe(reached(mine, 5));
    first.release(mine);
    StreamEntry next = Region.grantedAtLast(second, key);
    assertThat(next.discontinuitySequence()).isEqualTo(mine.discontinuitySequence() + 6);
  }

  private static StreamEntry reached(StreamEntry entry, long further) {
    long sequence = entry.discontinuitySequence() + further;
    return new StreamEntry(entry.key(), entry.owner(), entry.epoch(), sequence, entry.codecs());
  }

  @Test
  void aTakeOverIsToldToTheOneWhoLoses() throws Exception {
    StreamKey key = StreamKey.of("live", "taken");
    Recorder atFirst = Recorder.of(first);
    Recorder atSecond = Recorder.of(second);
    StreamEntry mine = granted(first, key);
    Claim claim = second.claim(key, true).toCompletableFuture().get(30, TimeUnit.SECONDS);
    StreamEntry winner = ((Claim.Granted) claim).entry();
    Await.until("the loser is told", () -> atFirst.losses.contains(new Recorder.Loss(mine, winner)));
    assertThat(first.lookup(key)).isEqualTo(winner);
    assertThat(atSecond.losses).isEmpty();

    // The loser's word counts no more.
    first.release(mine);
    first.describe(mine);
    assertThat(claim(first, key)).isEqualTo(new Claim.Refused(winner));
    assertThat(winner.epoch()).isGreaterThan(mine.epoch());
  }

  @Test
  void codecsAreToldWhenTheyAreKnown() throws Exception {
    StreamKey key = StreamKey.of("live", "codecs");
    StreamEntry mine = granted(second, key);
    StreamEntry described =
        new StreamEntry(key, mine.owner(), mine.epoch(), mine.discontinuitySequence(), List.of("H264", "AAC"));
    second.describe(described);
    Await.until("the edge knows the codecs", () -> described.equals(edge.lookup(key)));
    second.release(described);
    Await.until("the edge sees the end", () -> edge.lookup(key) == null);
  }

  @Test
  void anEdgeMayOwnAStreamToo() throws Exception {
    StreamKey key = StreamKey.of("live", "edge");
    StreamEntry mine = granted(edge, key);
    Await.until("an origin sees it", () -> mine.equals(first.lookup(key)));
    assertThat(claim(second, key)).isEqualTo(new Claim.Refused(mine));
  }

  @Test
  void allNodesAreKnownWithTheirLoad() {
    first.setLoad(3, 40);
    second.setLoad(2, 1_000);
    Await.until("the edge knows all nodes", () -> edge.nodes().size() == 3);
    Await.until("the origins know all nodes", () -> first.nodes().size() == 3 && second.nodes().size() == 3);
    Await.until(
        "the edge knows the loads",
        () -> edge.statuses().stream().anyMatch(node -> node.streams() == 3 && node.players() == 40));
    Await.until(
        "the edge picks the less loaded origin",
        () -> {
          NodeInfo picked = Placement.originFor("live/x", edge.statuses());
          return picked != null && picked.id().equals("origin-1");
        });
    assertThat(edge.connected()).isTrue();
  }
}
