package live.sluice.node.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.sluice.cluster.LocalDirectory;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.Links;
import live.sluice.hop.testing.NoServing;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway of region "eu", which is one node, tells nodes of other regions, and what it makes of what they tell. */
class GatewaysTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final NodeInfo SELF = node("hub", "eu");
  private static final NodeInfo US = node("us-1", "us");

  /** Until changes are told, in ms. */
  private static final long GATHERED = 30;

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LocalDirectory directory = new LocalDirectory(SELF, InstantSource.system());
  private final FakeRegions network = new FakeRegions(() -> run(10));
  private final Links links = new Links(network, new NoServing(SELF), List.of(channel.eventLoop()), ticker);
  private final List<NodeLoad> loads = new ArrayList<>(List.of(new NodeLoad(SELF, 1, 2)));
  private final Gateways gateways =
      new Gateways(
          SELF,
          directory,
          links,
          List.of(new OtherRegion("us", List.of(InetSocketAddress.createUnresolved("us", 1)))),
          () -> loads,
          ticker);

  @BeforeEach
  void freeze() {
    channel.freezeTime();
    network.answers = US;
  }

  @AfterEach
  void close() {
    links.close();
    run(GATHERED);
    directory.close();
    channel.finishAndReleaseAll();
  }

  private static NodeInfo node(String id, String region) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, id, 1, 2, 3, 4);
  }

  private void run(long ms) {
    for (long i = 0; i < ms; i += 10) {
      channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }

  /** A second goes by, and the node looks after its links. */
  private void tick() {
    ticker.advance(1_000);
    gateways.tick();
    run(GATHERED);
  }

  private FakeRegions.Peer linked() {
    tick();
    return network.peers.getLast();
  }

  private StreamEntry publish(StreamKey key) {
    directory.claim(key, false).toCompletableFuture().join();
    // The directory tells on a thread of its own, in order: what was told before this is told.
    directory.claim(StreamKey.of("live", "after-" + key.name()), false).toCompletableFuture().join();
    run(GATHERED);
    return Objects.requireNonNull(directory.lookup(key));
  }

  private static Announcement announcement(StreamKey key, NodeInfo owner) {
    return new Announcement(new StreamEntry(key, owner, 100, 0, List.of("VP8")), owner, List.of(owner.region()), 0);
  }

  @Test
  void aRegionThatIsConfiguredIsDialledAndToldTheNodesOfThisOne() {
    FakeRegions.Peer us = linked();
    assertThat(network.dialled).containsExactly("us:1");
    assertThat(us.heard(ControlMessage.Nodes.class)).contains(new ControlMessage.Nodes(loads));
    tick();
    assertThat(network.dialled).as("one link does").hasSize(1);
  }

  @Test
  void streamsOfThisRegionAreAnnouncedAndWithdrawnWhenTheyEnd() {
    FakeRegions.Peer us = linked();
    StreamEntry mine = publish(KEY);
    assertThat(us.heard(ControlMessage.Announce.class))
        .contains(new ControlMessage.Announce(new Announcement(mine, SELF, List.of("eu"), 0)));
    directory.release(mine);
    publish(StreamKey.of("live", "another"));
    assertThat(us.heard(ControlMessage.Unannounce.class)).containsExactly(new ControlMessage.Unannounce(KEY));
  }

  @Test
  void aStreamThatWasThereBeforeTheLinkIsAnnouncedOnce() {
    publish(KEY);
    FakeRegions.Peer us = linked();
    run(1_000);
    assertThat(us.heard(ControlMessage.Announce.class))
        .filteredOn(said -> said.announcement().entry().key().equals(KEY))
        .hasSize(1);
  }

  @Test
  void whatAnotherRegionAnnouncesIsKnownHereUntilItWithdrawsIt() {
    FakeRegions.Peer us = linked();
    us.say(new ControlMessage.Announce(announcement(KEY, US)));
    assertThat(directory.routes(KEY)).containsExactly(announcement(KEY, US));
    us.say(new ControlMessage.Unannounce(KEY));
    assertThat(directory.routes(KEY)).isEmpty();
  }

  @Test
  void whatARegionAnnouncesInTheNameOfAnotherIsNotTaken() {
    FakeRegions.Peer us = linked();
    us.say(new ControlMessage.Announce(announcement(KEY, node("africa-1", "africa"))));
    assertThat(directory.routes(KEY)).isEmpty();
  }

  @Test
  void whatAnotherLinkOfTheRegionSaysStillHoldsWhenOneIsGone() {
    FakeRegions.Peer us = linked();
    FakeRegions.Peer second = network.dial(links, node("us-2", "us"), true);
    us.say(new ControlMessage.Announce(announcement(KEY, US)));
    second.say(new ControlMessage.Announce(announcement(KEY, US)));
    StreamKey only = StreamKey.of("live", "only-first");
    us.say(new ControlMessage.Announce(announcement(only, US)));
    us.breakOff();
    assertThat(directory.routes(KEY)).hasSize(1);
    assertThat(directory.routes(only)).isEmpty();
    second.breakOff();
    assertThat(directory.routes(KEY)).isEmpty();
  }

  @Test
  void theNodesOfARegionAreKnownWhileItIsLinked() {
    FakeRegions.Peer us = linked();
    NodeLoad theirs = new NodeLoad(US, 3, 4);
    us.say(new ControlMessage.Nodes(List.of(theirs, new NodeLoad(node("liar", "eu"), 0, 0))));
    assertThat(gateways.nodesElsewhere().get("us")).as("of its own region only").containsExactly(theirs);
    us.breakOff();
    assertThat(gateways.nodesElsewhere()).isEmpty();
  }

  @Test
  void aNodeThatIsCalledAsOneOfThisRegionIsLeft() {
    network.answers = node("hub2", "us");
    FakeRegions.Peer wrong = network.dial(links, new NodeInfo("hub", 9, SELF.role(), "us", "h", 1, 2, 3, 4), true);
    assertThat(wrong.isClosed()).isTrue();
  }

  @Test
  void aLinkThatIsForStreamsOnlyIsToldNothing() {
    publish(KEY);
    FakeRegions.Peer passing = network.dial(links, US, false);
    run(1_000);
    assertThat(passing.heard).isEmpty();
  }

  @Test
  void aSeedOfAWrongRegionIsLeftAndTriedAgainAfterPausesThatGrow() {
    network.answers = node("africa-1", "africa");
    for (int i = 0; i < 60; i++) {
      tick();
    }
    assertThat(network.peers).allMatch(FakeRegions.Peer::isClosed);
    assertThat(network.dialled.size()).as("of pauses of up to 10 s in the end").isBetween(5, 40);
  }

  @Test
  void seedsThatDoNotAnswerAreTriedUntilOneDoes() {
    network.answers = null;
    for (int i = 0; i < 30; i++) {
      tick();
    }
    assertThat(network.dialled.size()).isGreaterThan(2);
    network.answers = US;
    for (int i = 0; i < 12; i++) {
      tick();
    }
    assertThat(links.all()).hasSize(1);
  }

  @Test
  void whereALinkIsLostItIsDialledAgainAtNodesThatWereHeardOfToo() {
    FakeRegions.Peer us = linked();
    us.say(new ControlMessage.Nodes(List.of(new NodeLoad(US, 0, 0))));
    assertThat(network.dialled).hasSize(1);
    us.breakOff();
    tick();
    assertThat(network.dialled).hasSize(2);
    assertThat(links.all()).hasSize(1);
  }
}
