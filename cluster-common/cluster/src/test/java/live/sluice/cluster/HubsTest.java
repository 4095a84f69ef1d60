package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import live.sluice.media.NodeInfo;
import live.sluice.media.NodeInfo.Role;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;

class HubsTest {
  private static final int STREAMS = 10_000;

  private static NodeInfo node(String id, Role role, int hopPort) {
    return new NodeInfo(id, 1, role, "here", "192.0.2.1", 1, 2, 3, hopPort);
  }

  private static List<NodeInfo> nodes(int origins, int edges) {
    List<NodeInfo> nodes = new ArrayList<>();
    for (int i = 0; i < origins; i++) {
      nodes.add(node("origin-" + i, Role.ORIGIN, 8001));
    }
    for (int i = 0; i < edges; i++) {
      nodes.add(node("edge-" + i, Role.EDGE, 8001));
    }
    return nodes;
  }

  private static StreamKey stream(int number) {
    return StreamKey.of("live", "stream-" + number);
  }

  private static String hub(int stream, List<NodeInfo> nodes, Set<String> suspected) {
    return Hubs.hubFor(stream(stream), nodes, suspected).id();
  }

  @Test
  void allNodesAgreeInWhateverOrderTheyKnowEachOther() {
    List<NodeInfo> nodes = nodes(3, 20);
    List<NodeInfo> otherwise = new ArrayList<>(nodes);
    Collections.shuffle(otherwise, new Random(1));
    for (int i = 0; i < STREAMS; i++) {
      assertThat(hub(i, nodes, Set.of())).isEqualTo(hub(i, otherwise, Set.of()));
    }
    assertThat(Hubs.gatewaysFor("north", nodes)).isEqualTo(Hubs.gatewaysFor("north", otherwise));
  }

  @Test
  void streamsAreSpreadEvenly() {
    List<NodeInfo> nodes = nodes(2, 18);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < STREAMS; i++) {
      counts.merge(hub(i, nodes, Set.of()), 1, Integer::sum);
    }
    assertThat(counts).hasSize(20);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
  }

  @Test
  void onlyTheStreamsOfANodeThatGoesMoveAndToManyOthers() {
    List<NodeInfo> nodes = nodes(2, 18);
    List<NodeInfo> without = new ArrayList<>(nodes);
    without.removeIf(node -> node.id().equals("edge-5"));
    Map<String, Integer> heirs = new HashMap<>();
    for (int i = 0; i < STREAMS; i++) {
      String before = hub(i, nodes, Set.of());
      String after = hub(i, without, Set.of());
      if (before.equals("edge-5")) {
        heirs.merge(after, 1, Integer::sum);
        assertThat(after).as("one that is suspected is as good as gone").isEqualTo(hub(i, nodes, Set.of("edge-5")));
      } else {
        assertThat(after).isEqualTo(before);
      }
    }
    assertThat(heirs).hasSize(19);
  }

  @Test
  void onlyNodesWithAHopAreHubs() {
    List<NodeInfo> nodes = List.of(node("a", Role.EDGE, 0), node("b", Role.EDGE, 8001), node("c", Role.ORIGIN, 0));
    assertThat(hub(1, nodes, Set.of())).isEqualTo("b");
    assertThat(hub(1, nodes, Set.of("b"))).as("there is no better one").isEqualTo("b");
    assertThat(Hubs.hubFor(stream(1), List.of(node("a", Role.EDGE, 0)), Set.of())).isNull();
    assertThat(Hubs.hubFor(stream(1), List.of(), Set.of())).isNull();
  }

  @Test
  void twoOriginsAreGatewaysAndEdgesWhereThereAreTooFew() {
    assertThat(Hubs.gatewaysFor("north", nodes(5, 20))).hasSize(2).allMatch(node -> node.role() == Role.ORIGIN);
    List<NodeInfo> mixed = Hubs.gatewaysFor("north", nodes(1, 5));
    assertThat(mixed).extracting(NodeInfo::role).containsExactly(Role.ORIGIN, Role.EDGE);
    assertThat(Hubs.gatewaysFor("north", nodes(1, 0))).hasSize(1);
    assertThat(Hubs.gatewaysFor("north", List.of(node("a", Role.ORIGIN, 0)))).isEmpty();
  }

  @Test
  void gatewaysToManyRegionsAreManyNodes() {
    List<NodeInfo> nodes = nodes(6, 0);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 9; i++) {
      Hubs.gatewaysFor("region-" + i, nodes).forEach(node -> ids.add(node.id()));
    }
    assertThat(ids).hasSizeGreaterThan(3);
  }
}
