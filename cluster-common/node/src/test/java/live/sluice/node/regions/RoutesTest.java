package live.sluice.node.regions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import live.sluice.cluster.LocalDirectory;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a stream of another region is pulled from, and what is announced on; region "eu" is this one, of one node. */
class RoutesTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final NodeInfo SELF = node("hub", "eu");
  private static final NodeInfo OWNER = node("owner", "us");
  private static final NodeInfo ASIA = node("asia-hub", "asia");
  private static final StreamEntry ENTRY = new StreamEntry(KEY, OWNER, 100, 0, List.of("VP8"));

  private final LocalDirectory directory = new LocalDirectory(SELF, InstantSource.system());
  private final AnnouncedStreams announced = new AnnouncedStreams(SELF, directory);
  private final RegionRoutes routes = new RegionRoutes(SELF, directory);

  @AfterEach
  void close() {
    directory.close();
  }

  private static NodeInfo node(String id, String region) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, "h", 1, 2, 3, 4);
  }

  private static Announcement direct() {
    return new Announcement(ENTRY, OWNER, List.of("us"), 0);
  }

  private static Announcement throughAsia(int cost) {
    return new Announcement(ENTRY, ASIA, List.of("us", "asia"), cost);
  }

  @Test
  void anOwnStreamIsAnnouncedWithItsOwnerAndComesFromIt() {
    StreamEntry mine = granted();
    assertThat(announced.of(KEY, "us")).isEqualTo(new Announcement(mine, SELF, List.of("eu"), 0));
    assertThat(routes.of(mine, id -> false)).containsExactly(SELF);
    assertThat(announced.keys()).containsExactly(KEY);
  }

  private StreamEntry granted() {
    directory.claim(KEY, false).toCompletableFuture().join();
    return java.util.Objects.requireNonNull(directory.lookup(KEY));
  }

  @Test
  void theHubHasAStreamFromWhereItIsAnnouncedTheBestWayFirst() {
    directory.announce(throughAsia(10));
    directory.announce(direct());
    assertThat(routes.of(ENTRY, id -> false)).containsExactly(OWNER, ASIA);
  }

  @Test
  void aHubNeverSuspectsItself() {
    directory.announce(direct());
    assertThat(routes.of(ENTRY, id -> true)).containsExactly(OWNER);
  }

  @Test
  void aStreamThatIsAnnouncedNoMoreComesFromItsOwner() {
    assertThat(routes.of(ENTRY, id -> false)).containsExactly(OWNER);
  }

  @Test
  void ofTwoPublishesOfTheSameMomentOnlyTheWayToTheTrueOneIsTaken() {
    NodeInfo other = node("another", "asia");
    directory.announce(direct());
    directory.announce(new Announcement(new StreamEntry(KEY, other, 100, 0, List.of()), other, List.of("asia"), 0));
    assertThat(routes.of(ENTRY, id -> false)).containsExactly(OWNER);
  }

  @Test
  void aStreamOfAThirdRegionIsAnnouncedOnThroughTheHubHere() {
    directory.announce(direct());
    assertThat(announced.of(KEY, "asia")).isEqualTo(new Announcement(ENTRY, SELF, List.of("us", "eu"), 10));
  }

  @Test
  void nothingIsAnnouncedToWhereItCameThrough() {
    directory.announce(throughAsia(10));
    assertThat(announced.of(KEY, "asia")).isNull();
    assertThat(announced.of(KEY, "us")).isNull();
    assertThat(announced.of(KEY, "africa")).isNotNull();
  }

  @Test
  void nothingIsAnnouncedOnByAPathThatIsTooLong() {
    directory.announce(new Announcement(ENTRY, node("d", "d"), List.of("us", "b", "c", "d"), 30));
    assertThat(announced.of(KEY, "africa")).isNull();
  }

  @Test
  void aCostThatHasGrownToTheMostIsOneThatOthersStillTake() {
    directory.announce(throughAsia(1_000_000));
    Announcement on = java.util.Objects.requireNonNull(announced.of(KEY, "africa"));
    assertThat(on.cost()).isEqualTo(1_000_000);
  }

  @Test
  void whatNobodyHasIsNotAnnounced() {
    assertThat(announced.of(KEY, "us")).isNull();
    assertThat(announced.keys()).isEmpty();
  }
}
