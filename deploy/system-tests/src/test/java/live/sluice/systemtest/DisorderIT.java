package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Browser;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Netns;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.NodeSpec;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.RtcPage;
import live.sluice.systemtest.kit.RtcSource;
import live.sluice.systemtest.kit.RtcWatch;
import live.sluice.systemtest.kit.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node, a browser that publishes and one that plays, each on a host of its own, and between them a relay: packets that overtake each other, come twice, come from another port all of a sudden, or come
 * again much later.
 */
class DisorderIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static Netns net;
  private static NodeProcess node;
  private static Browser publishers;
  private static Browser players;
  private UdpRelay beforePublisher;
  private UdpRelay beforePlayer;
  private RtcPage publisher;
  private RtcPage player;

  @BeforeAll
  static void start() {
    Netns.needed();
    net = new Netns(LAB);
    Netns.Host atNode = net.host("origin");
    node = NodeProcess.start(LAB, new NodeSpec(NodeSpec.Role.ORIGIN, "origin-0", atNode.address(), 1935, 8080, 1985, 8000,
        5701, 5702, List.of(atNode.address() + ":5701"), List.of(), false), atNode.prefix());
    publishers = Browser.on(LAB, net.host("publisher"));
    players = Browser.on(LAB, net.host("player"));
    node.awaitReady();
  }

  @BeforeEach
  void connect() {
    beforePublisher = LAB.keep(new UdpRelay(node, net.address()));
    beforePlayer = LAB.keep(new UdpRelay(node, net.address()));
    publisher = LAB.keep(new RtcPage(publishers, node));
    publisher.publish(URI.create(node.whip("live/disorder") + beforePublisher.query()), RtcSource.of("VP8"));
    Poll.until("the stream is live", SOON, () -> new Api(node).isLive("live/disorder"));
    player = LAB.keep(new RtcPage(players, node));
    player.play(URI.create(node.whep("live/disorder") + beforePlayer.query()));
    player.awaitPicture(SOON).watch(SETTLE);
  }

  @AfterEach
  void leave() {
    player.stop();
    publisher.stop();
    Poll.until("the stream has ended", SOON, () -> !new Api(node).isLive("live/disorder"));
  }

  @Test
  void nearly_every_picture_is_decoded_when_packets_are_late_and_doubled() {
    UdpRelay.Fate fate = UdpRelay.Fate.disorder(0.1, 0.05);
    beforePublisher.fate(fate);
    beforePlayer.fate(fate);
    List<RtcWatch> seen = RtcPage.watch(Duration.ofSeconds(10), publisher, player);
    tell("late and doubled", seen);
    assertThat(beforePlayer.toClient()).as("the relay is on the way").isGreaterThan(500);
    assertThat(seen.get(1).decoded()).isGreaterThan(0.95 * seen.get(0).sent());
    assertThat(player.stats().text("states")).isEqualTo(publisher.stats().text("states")).endsWith("connected");
  }

  @Tag("rtc")
  @Test
  void nobody_notices_that_a_nat_takes_another_port() {
    for (UdpRelay relay : List.of(beforePlayer, beforePublisher)) {
      relay.rebind();
      // A player says something at least once in 2.5 s: until then the node can't know.
      player.watch(SETTLE);
      List<RtcWatch> seen = RtcPage.watch(SETTLE, publisher, player);
      tell("another port of the " + (relay == beforePlayer ? "player" : "publisher"), seen);
      assertThat(seen.get(1).decoded()).isGreaterThan(70);
      assertThat(seen.get(0).after().text("state")).isEqualTo("connected");
      assertThat(seen.get(1).after().text("state")).isEqualTo("connected");
    }
  }

  @Tag("rtc")
  @Test
  void what_was_sent_before_does_nothing_when_it_is_sent_again() {
    List<RtcWatch> calm = RtcPage.watch(SETTLE, publisher, player);
    int replayed = 0;
    for (int i = 0; i < 3; i++) {
      replayed += beforePublisher.replay();
    }
    List<RtcWatch> seen = RtcPage.watch(SETTLE, publisher, player);
    tell(replayed + " packets sent again", seen);
    assertThat(replayed).isGreaterThan(600);
    assertThat(seen.get(1).freezes()).isZero();
    assertThat(seen.get(1).decoded()).isGreaterThan(0.9 * calm.get(1).decoded());
    // As many packets as before, and none of those that came again.
    assertThat(seen.get(1).grew("video.packetsReceived"))
        .isLessThan(1.3 * seen.get(0).grew("out.video.packetsSent") + 30);
    assertThat(seen.get(1).grew("audio.packetsDiscarded")).isLessThan(10);
  }

  private static void tell(String what, List<RtcWatch> seen) {
    System.out.println(what + ", publisher: " + seen.get(0).publisher());
    System.out.println(what + ", player: " + seen.get(1).player());
  }
}
