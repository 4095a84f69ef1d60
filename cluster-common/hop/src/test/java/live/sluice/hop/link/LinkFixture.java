package live.sluice.hop.link;

import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Two nodes, a and b, and what tests do with them. */
abstract class LinkFixture {
  final World world = new World();
  final MemoryTransport.Network network = new MemoryTransport.Network(world);

  @AfterEach
  void closeAll() {
    world.close();
  }

  TestNode node(String id, String region) {
    return new TestNode(world, network, id, region, "");
  }

  Link link(TestNode from, TestNode to) {
    var dialled = from.links.to(to.self).toCompletableFuture();
    world.run(20);
    return dialled.resultNow();
  }

  Received subscribe(Link link, int layers) {
    Received received = new Received();
    link.subscribe(TestNode.KEY, layers, List.of("b"), "session", received);
    world.run(20);
    return received;
  }
}
