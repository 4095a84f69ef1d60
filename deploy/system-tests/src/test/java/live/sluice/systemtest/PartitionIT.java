package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Netns;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.NodeSpec;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two origins and two edges, each on a host of its own, whose Hazelcast traffic is cut for a minute while everything else
 * passes: who plays plays on, who joins plays, and what both origins came to own has one owner soon after the healing.
 */
@Tag("sharing")
class PartitionIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration CUT = Duration.ofSeconds(Long.getLong("sluice.test.cut", 60));
  private static final int MEMBER_PORT = 5701;
  private static final int CLIENT_PORT = 5702;

  private Netns net;
  private final List<Netns.Host> hosts = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    Netns.needed();
    net = new Netns(LAB);
    for (String name : List.of("origin-0", "origin-1", "edge-0", "edge-1")) {
      hosts.add(net.host(name));
    }
    List<String> members = hosts.subList(0, 2).stream().map(host -> host.address() + ':' + MEMBER_PORT).toList();
    List<String> clients = hosts.subList(0, 2).stream().map(host -> host.address() + ':' + CLIENT_PORT).toList();
    for (int i = 0; i < 4; i++) {
      NodeSpec.Role role = i < 2 ? NodeSpec.Role.ORIGIN : NodeSpec.Role.EDGE;
      String name = (i < 2 ? "origin-" : "edge-") + i % 2;
      nodes.add(NodeProcess.start(LAB, new NodeSpec(role, name, hosts.get(i).address(), 1935, 8080, 1985, 8000,
          MEMBER_PORT, CLIENT_PORT, i < 2 ? members : clients, List.of(), false), hosts.get(i).prefix()));
    }
    nodes.forEach(NodeProcess::awaitReady);
  }

  @Test
  void nobody_notices_a_cut_of_the_directory_and_two_owners_are_one_again_after_it() {
    publish(nodes.get(0), "live/a");
    publish(nodes.get(1), "live/b");
    Poll.until("both are live", SOON,
        () -> new Api(nodes.get(0)).isLive("live/a") && new Api(nodes.get(1)).isLive("live/b"));
    List<FlvPlayer> players = new ArrayList<>();
    for (NodeProcess node : nodes) {
      players.add(play(node, "live/a"));
      players.add(play(node, "live/b"));
    }

    hosts.forEach(host -> cut(host, true));
    long cutAt = System.nanoTime();
    // Long enough for every node to have missed the others: they know the cut, and still serve.
    Poll.holds("everybody plays on", CUT.dividedBy(2), () -> nobodyEnded(players));
    for (NodeProcess node : nodes) {
      assertThat(node.log()).as("the cut is one").containsAnyOf("directory lost", "because it has not sent any heartbeats");
      players.add(play(node, "live/a"));
      players.add(play(node, "live/b"));
    }
    Proc one = publish(nodes.get(0), "live/twice");
    Proc other = publish(nodes.get(1), "live/twice");
    Poll.until("each side has an owner of its own", SOON,
        () -> new Api(nodes.get(0)).isLive("live/twice") && new Api(nodes.get(1)).isLive("live/twice"));
    FlvPlayer atOne = play(nodes.get(0), "live/twice");
    FlvPlayer atOther = play(nodes.get(1), "live/twice");
    Duration left = CUT.minusNanos(System.nanoTime() - cutAt);
    Poll.holds("everybody plays on", left.isNegative() ? Duration.ZERO : left, () -> nobodyEnded(players));
    assertThat(one.isAlive()).isTrue();
    assertThat(other.isAlive()).isTrue();

    hosts.forEach(host -> cut(host, false));
    Poll.until("one of the two publishers was told to go", Duration.ofSeconds(10),
        () -> one.isAlive() != other.isAlive());
    NodeProcess loser = one.isAlive() ? nodes.get(1) : nodes.get(0);
    assertThat(loser.log().lines()).anyMatch(line -> line.contains("PublishReplaced") && line.contains("twice"));
    // Who played the losing side plays the winning one, and new players of every node do.
    for (FlvPlayer player : List.of(atOne, atOther)) {
      long before = player.frames();
      Poll.until("plays on: " + player, SOON, () -> player.frames() > before + 20);
      assertThat(player.wentBack()).isZero();
    }
    for (NodeProcess node : nodes) {
      play(node, "live/twice");
    }
    assertThat(players).allSatisfy(player -> {
      assertThat(player.ended()).as(player.toString()).isFalse();
      assertThat(player.wentBack()).as(player.toString()).isZero();
      assertThat(player.longestPause()).as(player.toString()).isLessThan(Duration.ofSeconds(2));
    });
  }

  private void cut(Netns.Host host, boolean cut) {
    for (int port : List.of(MEMBER_PORT, CLIENT_PORT)) {
      if (cut) {
        net.cut(host, port);
      } else {
        net.heal(host, port);
      }
    }
  }

  private static Proc publish(NodeProcess node, String stream) {
    Proc publisher = Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.AAC_5_1.file(), node.rtmp(stream));
    return LAB.keep(publisher);
  }

  private static FlvPlayer play(NodeProcess node, String stream) {
    FlvPlayer player = LAB.keep(FlvPlayer.play(node.http('/' + stream + ".flv")));
    Poll.until(stream + " plays at " + node, Duration.ofSeconds(10), () -> player.keyframes() > 0);
    return player;
  }

  private static boolean nobodyEnded(List<FlvPlayer> players) {
    return players.stream().noneMatch(FlvPlayer::ended);
  }
}
