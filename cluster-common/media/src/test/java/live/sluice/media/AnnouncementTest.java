package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private static NodeInfo node(String id, String region) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, "192.0.2.1", 1, 2, 3, 4);
  }

  private static Announcement of(NodeInfo owner, long epoch, NodeInfo from, int cost, String... path) {
    return new Announcement(new StreamEntry(KEY, owner, epoch, 0, List.of("H264")), from, List.of(path), cost);
  }

  @Test
  void theGreatestPublishIsFirstThenTheLeastCostThenTheShortestPath() {
    NodeInfo a = node("a", "north");
    NodeInfo b = node("b", "south");
    NodeInfo hub = node("h", "west");
    Announcement direct = of(a, 5, a, 10, "north");
    Announcement cheap = of(a, 5, hub, 0, "north", "west");
    Announcement dear = of(a, 5, hub, 10, "north", "west");
    Announcement sameEpoch = of(b, 5, b, 99, "south");
    Announcement later = of(a, 6, a, 99, "north");
    List<Announcement> all = new ArrayList<>(List.of(dear, direct, later, cheap, sameEpoch));
    all.sort(Announcement.BEST_FIRST);
    assertThat(all).containsExactly(later, sameEpoch, cheap, direct, dear);
  }

  @Test
  void aPathLeadsFromTheOwnersRegionToWhereItIsPulledFrom() {
    NodeInfo a = node("a", "north");
    NodeInfo hub = node("h", "west");
    assertThat(of(a, 5, hub, 0, "north", "west").neighbour()).isEqualTo("west");
    refused(() -> of(a, 5, a, 0), "its path has 0 regions");
    refused(() -> of(a, 5, hub, 0, "north", "b", "c", "d", "west"), "its path has 5 regions");
    refused(() -> of(a, 5, hub, 0, "north", "west", "north", "west"), "has a region twice");
    refused(() -> of(a, 5, a, 0, "west"), "does not lead from its owner's region");
    refused(() -> of(a, 5, hub, 0, "north"), "does not lead from its owner's region");
    refused(() -> of(a, 5, a, -1, "north"), "its cost is -1");
  }

  @Test
  void namesThatWouldBreakALineAreRefused() {
    refused(() -> of(node("a\nb", "north"), 5, node("a", "north"), 0, "north"), "not printable");
    refused(() -> of(node("", "north"), 5, node("a", "north"), 0, "north"), "not printable");
    refused(() -> of(node("a", "x".repeat(300)), 5, node("a", "x".repeat(300)), 0, "x".repeat(300)), "longer than 255");
  }

  private static void refused(Runnable make, String why) {
    assertThatThrownBy(make::run)
        .hasMessageContaining("the announcement of live/x is refused")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }
}
