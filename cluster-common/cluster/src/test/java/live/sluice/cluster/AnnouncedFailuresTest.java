package live.sluice.cluster;

import static live.sluice.cluster.Region.ready;
import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.Announcement;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.Test;

/** What becomes of other regions' streams when the directory is lost, or a gateway. */
class AnnouncedFailuresTest {
  private static final StreamKey KEY = StreamKey.of("live", "far");

  @Test
  void theyAreNeverMissedWhileTheDirectoryIsLostAndStartedAnew() throws Exception {
    try (Region region = new Region(1)) {
      ClusterDirectory origin = ready(region.origin(0));
      ClusterDirectory gateway = ready(region.edge(0));
      ClusterDirectory edge = ready(region.edge(1));
      Announcement direct = Abroad.direct(KEY, "north", 5);
      gateway.announce(direct);
      Await.until("the edge sees it", () -> edge.lookup(KEY) != null);
      Recorder atEdge = Recorder.of(edge);

      origin.terminate();
      Await.until("the directory is lost", () -> !edge.connected() && !gateway.connected());
      assertThat(edge.routes(KEY)).containsExactly(direct);
      StreamKey meanwhile = StreamKey.of("live", "meanwhile");
      gateway.announce(Abroad.direct(meanwhile, "north", 6));
      assertThat(gateway.lookup(KEY)).isNotNull();

      ClusterDirectory anew = ready(region.origin(0));
      Await.until("it was written again", () -> anew.routes(KEY).size() == 1);
      Await.until("so was what came meanwhile", () -> edge.lookup(meanwhile) != null);
      assertThat(atEdge.saw(KEY, null)).as("missed").isFalse();
      assertThat(edge.routes(KEY)).containsExactly(direct);
    }
  }

  @Test
  void whatAKilledGatewayHeardIsNoLongerShown() throws Exception {
    try (Region region = new Region(2)) {
      ClusterDirectory first = ready(region.origin(0));
      ClusterDirectory second = ready(region.origin(1));
      region.awaitSafe(2);
      first.announce(Abroad.direct(KEY, "north", 5));
      Announcement other = Abroad.direct(StreamKey.of("live", "other"), "south", 5);
      second.announce(other);
      Await.until("both are seen", () -> second.lookup(KEY) != null && first.lookup(other.entry().key()) != null);
      first.terminate();
      Await.until("its word counts no more", () -> second.lookup(KEY) == null);
      assertThat(second.announcements()).containsExactly(other);
    }
  }
}
