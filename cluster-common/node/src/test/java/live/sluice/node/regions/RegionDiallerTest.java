package live.sluice.node.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.cluster.Hubs;
import live.sluice.hop.link.Links;
import live.sluice.hop.testing.NoServing;
import live.sluice.media.NodeInfo;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of three nodes of a region two are the gateways to another one; this is the third. */
class RegionDiallerTest {
  private static final List<NodeInfo> NODES = List.of(node("a"), node("b"), node("c"));
  private static final List<NodeInfo> GATEWAYS = Hubs.gatewaysFor("us", NODES);
  private static final NodeInfo SELF =
      NODES.stream().filter(node -> !GATEWAYS.contains(node)).findFirst().orElseThrow();
  private static final NodeInfo US = new NodeInfo("us-1", 1, NodeInfo.Role.ORIGIN, "us", "us-1", 1, 2, 3, 4);

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeDirectory directory = new FakeDirectory();
  private final FakeRegions network = new FakeRegions(() -> run(10));
  private final Links links = new Links(network, new NoServing(SELF), List.of(channel.eventLoop()), ticker);
  private final RegionDialler dialler =
      new RegionDialler(
          SELF,
          new OtherRegion("us", List.of(InetSocketAddress.createUnresolved("us", 1))),
          links,
          directory,
          region -> List.of(),
          ticker);

  @BeforeEach
  void freeze() {
    channel.freezeTime();
    network.answers = US;
  }

  @AfterEach
  void close() {
    links.close();
    run(10);
    channel.finishAndReleaseAll();
  }

  private static NodeInfo node(String id) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, "local", id, 1, 2, 3, 4);
  }

  /** The clock by which links are silent stands still: the other side answers no pings. */
  private void run(long ms) {
    for (long i = 0; i < ms; i += 10) {
      channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }

  private void tick() {
    dialler.tick();
    run(10);
  }

  @Test
  void aNodeThatIsNoGatewayDialsNobody() {
    NODES.forEach(directory::addNode);
    tick();
    assertThat(network.dialled).isEmpty();
  }

  @Test
  void theLinkOfAGatewayStaysWithoutStreams() {
    directory.addNode(SELF);
    tick();
    run(120_000);
    tick();
    assertThat(links.all()).hasSize(1);
    assertThat(network.dialled).hasSize(1);
  }

  @Test
  void whereOthersAreTheGatewaysNowItsLinkEndsWhenNothingHasCrossedItForSomeTime() {
    directory.addNode(SELF);
    tick();
    GATEWAYS.forEach(directory::addNode);
    tick();
    run(20_000);
    assertThat(links.all()).as("the others have time to link").hasSize(1);
    run(60_000);
    assertThat(links.all()).isEmpty();
    tick();
    assertThat(network.dialled).hasSize(1);
  }

  @Test
  void aLinkThatTheOtherRegionDialledIsTheirs() {
    NODES.forEach(directory::addNode);
    network.dial(links, US, true);
    tick();
    run(120_000);
    assertThat(links.all()).hasSize(1);
  }
}
