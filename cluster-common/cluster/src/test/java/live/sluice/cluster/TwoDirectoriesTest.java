package live.sluice.cluster;

import static live.sluice.cluster.Region.claim;
import static live.sluice.cluster.Region.granted;
import static live.sluice.cluster.Region.grantedAtLast;
import static live.sluice.cluster.Region.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.Test;

/** What becomes of streams when there were two directories, or there may not be. */
class TwoDirectoriesTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

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
}
