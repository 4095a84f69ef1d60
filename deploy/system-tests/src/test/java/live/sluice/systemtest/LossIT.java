package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node, a browser that publishes and one that plays, each on a host of its own, and the network between them loses
 * packets, goes away, or gives a host another address.
 */
class LossIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration GONE = Duration.ofSeconds(5);

  private static Netns net;
  private static Netns.Host atNode;
  private static Netns.Host atPublisher;
  private static Netns.Host atPlayer;
  private static NodeProcess node;
  private static Browser publishers;
  private static Browser players;

  @BeforeAll
  static void start() {
    Netns.needed();
    net = new Netns(LAB);
    atNode = net.host("origin");
    atPublisher = net.host("publisher");
    atPlayer = net.host("player");
    node = NodeProcess.start(LAB, new NodeSpec(NodeSpec.Role.ORIGIN, "origin-0", atNode.address(), 1935, 8080, 1985, 8000,
        5701, 5702, List.of(atNode.address() + ":5701"), List.of(), false), atNode.prefix());
    publishers = Browser.on(LAB, atPublisher);
    players = Browser.on(LAB, atPlayer);
    node.awaitReady();
  }

  @Test
  void nearly_every_picture_is_decoded_when_one_packet_in_twenty_is_lost_each_way() {
    try (RtcPage publisher = publish("live/five"); RtcPage player = play("live/five")) {
      lose(0.05);
      // Two seconds more at the player's end, so that what was sent last can be there.
      List<RtcWatch> seen = RtcPage.watch(Duration.ofSeconds(30), publisher, player);
      tell("5 % lost", seen);
      assertThat(net.lost(atPlayer)).as("packets that the network dropped").isGreaterThan(50);
      assertThat(seen.get(0).sent()).as("pictures sent").isGreaterThan(30 * 25);
      assertThat(seen.get(1).decoded()).as("pictures decoded").isGreaterThan(0.95 * seen.get(0).sent());
    } finally {
      lose(0);
    }
  }

  @Test
  void no_session_is_lost_when_one_packet_in_ten_is_lost_each_way() {
    try (RtcPage publisher = publish("live/ten"); RtcPage player = play("live/ten")) {
      lose(0.1);
      List<RtcWatch> seen = RtcPage.watch(Duration.ofSeconds(15), publisher, player);
      tell("10 % lost", seen);
      for (RtcPage page : List.of(publisher, player)) {
        assertThat(page.stats().text("state")).isEqualTo("connected");
        assertThat(page.stats().text("states")).doesNotContain("failed").doesNotContain("closed");
      }
      assertThat(seen.get(1).decoded()).as("it plays on").isGreaterThan(100);
      lose(0);
      RtcPage.watch(SETTLE, publisher, player);
      assertThat(player.watch(SETTLE).decoded()).as("and well again afterwards").isGreaterThan(60);
    } finally {
      lose(0);
    }
  }

  @Test
  void a_player_and_a_publisher_whose_network_was_gone_for_five_seconds_go_on() {
    try (RtcPage publisher = publish("live/gone"); RtcPage player = play("live/gone")) {
      String sessions = sessions("live/gone");
      for (Netns.Host host : List.of(atPlayer, atPublisher)) {
        net.unplug(host);
        assertThat(player.watch(GONE).decoded()).as("pictures while the network is gone").isLessThan(60);
        net.plugIn(host);
        System.out.println(host.namespace() + " gone for 5 s: plays again after " + awaitPictures(player) + " ms; "
            + player.stats().text("states") + " / " + publisher.stats().text("states"));
        assertThat(player.watch(SETTLE).decoded()).isGreaterThan(60);
      }
      assertThat(sessions("live/gone")).as("the sessions are those of before").isEqualTo(sessions);
    } finally {
      net.plugIn(atPlayer);
      net.plugIn(atPublisher);
    }
  }

  @Test
  void a_player_and_a_publisher_that_get_another_address_go_on() {
    try (RtcPage publisher = publish("live/moved"); RtcPage player = play("live/moved")) {
      String sessions = sessions("live/moved");
      atPlayer = net.readdress(atPlayer);
      System.out.println("player's address changed: plays again after " + awaitPictures(player) + " ms, "
          + player.stats().count("restarts") + " restarts");
      assertThat(player.watch(SETTLE).decoded()).isGreaterThan(60);
      atPublisher = net.readdress(atPublisher);
      System.out.println("publisher's address changed: plays again after " + awaitPictures(player) + " ms, "
          + publisher.stats().count("restarts") + " restarts");
      assertThat(player.watch(SETTLE).decoded()).isGreaterThan(60);
      assertThat(sessions("live/moved")).as("the sessions are those of before").isEqualTo(sessions);
    }
  }

  private static RtcPage publish(String stream) {
    RtcPage publisher = new RtcPage(publishers, node).restarting();
    publisher.publish(node.whip(stream), RtcSource.of("H264"));
    Poll.until(stream + " is live", SOON, () -> new Api(node).isLive(stream));
    return publisher;
  }

  private static RtcPage play(String stream) {
    RtcPage player = new RtcPage(players, node).restarting();
    player.play(node.whep(stream));
    player.awaitPicture(SOON).watch(SETTLE);
    return player;
  }

  /** Waits until a second of pictures was decoded, and returns for how many ms. */
  private static long awaitPictures(RtcPage player) {
    long start = System.nanoTime();
    // What was decoded within the jitter buffer's last breath is no sign of life.
    long before = player.watch(Duration.ofMillis(300)).after().count("video.framesDecoded");
    Poll.until("pictures again", Duration.ofSeconds(25),
        () -> player.stats().count("video.framesDecoded") > before + 30, player.stats());
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void lose(double share) {
    net.lose(atNode, share);
    net.lose(atPublisher, share);
    net.lose(atPlayer, share);
  }

  /** The ids of the sessions that publish and play a stream. */
  private static String sessions(String stream) {
    try {
      return new Api(node).clients().stream().filter(each -> each.path("name").asString().equals(stream.substring(5)))
          .map(each -> each.path("id").asString()).sorted().toList().toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void tell(String what, List<RtcWatch> seen) {
    System.out.println(what + ", publisher: " + seen.get(0).publisher());
    System.out.println(what + ", player: " + seen.get(1).player());
  }
}
