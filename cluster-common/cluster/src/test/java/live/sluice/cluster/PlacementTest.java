package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.sluice.media.NodeInfo;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static List<NodeInfo> nodes(int count) {
    List<NodeInfo> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(Region.node("node-" + i, NodeInfo.Role.ORIGIN));
    }
    return nodes;
  }

  @Test
  void namesSpreadEvenlyAndOnlyThoseOfALostNodeMove() {
    List<NodeInfo> five = nodes(5);
    List<NodeInfo> four = five.subList(0, 4);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      NodeInfo before = Rendezvous.pick("live/stream" + i, five);
      counts.merge(before.id(), 1, Integer::sum);
      if (!before.id().equals("node-4")) {
        assertThat(Rendezvous.pick("live/stream" + i, four)).isEqualTo(before);
      }
    }
    assertThat(counts.values()).allMatch(count -> count > 800 && count < 1_200);
    assertThat(Rendezvous.pick("x", List.of())).isNull();
  }

  @Test
  void aPublishGoesToTheLeastLoadedOrigin() {
    List<NodeInfo> two = nodes(2);
    NodeStatus busy = new NodeStatus(two.get(0), 4, 0);
    NodeStatus calm = new NodeStatus(two.get(1), 3, 900);
    NodeStatus edge = new NodeStatus(Region.node("edge", NodeInfo.Role.EDGE), 0, 0);
    assertThat(Placement.originFor("x", List.of(busy, calm, edge))).isEqualTo(calm.info());
    assertThat(Placement.originFor("x", List.of(edge))).isNull();
  }
}
