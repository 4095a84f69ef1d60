package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.HlsPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Proc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two origins and three edges: an origin dies, all origins go away; players stay where they are and play on. */
@Tag("sharing")
class FailoverIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PLAY_ON = Duration.ofSeconds(5);
  private static final int FLV_PLAYERS = 46;
  private static final int RTMP_PLAYERS = 4;

  private Cluster cluster;
  private final List<FlvPlayer> flv = new ArrayList<>();
  private final List<Proc> rtmp = new ArrayList<>();
  private final List<Path> rtmpFiles = new ArrayList<>();
  private final List<HlsPlayer> hls = new ArrayList<>();

  @BeforeEach
  void start() {
    cluster = Cluster.start(LAB, 2, 3);
  }

  @Test
  void players_of_an_edge_survive_the_death_of_the_owner_and_play_on_from_the_other_origin() {
    publish(cluster.origin(0));
    startPlayers(cluster.edge(0));
    awaitProgress("the players play", SOON);
    awaitHls("HLS plays");
    long period = hls.getFirst().played().getLast().period();

    cluster.origin(0).kill9();
    // What a publisher does: it connects anew, to the other origin, and again until it is let in.
    Poll.until("the publisher is at the other origin", Duration.ofSeconds(20), () -> {
      Proc publisher = publish(cluster.origin(1));
      Poll.until("live or refused", Duration.ofSeconds(10),
          () -> !publisher.isAlive() || new Api(cluster.origin(1)).isLive("live/survivor"));
      return publisher.isAlive();
    });
    awaitProgress("the players play on", PLAY_ON);
    awaitHls("HLS plays on");

    nobodyNoticed();
    hlsIsOfALaterPeriodThan(period);
  }

  @Test
  void edges_recover_by_themselves_when_all_origins_were_stopped_and_started() {
    publish(cluster.origin(0));
    startPlayers(cluster.edge(0));
    awaitProgress("the players play", SOON);
    awaitHls("HLS plays");
    long period = hls.getFirst().played().getLast().period();

    cluster.origins().forEach(NodeProcess::kill9);
    Poll.holds("the edges are alive and ready", Duration.ofSeconds(5), () -> cluster.edges().stream().allMatch(
        edge -> edge.process().isAlive()));
    cluster.origins().forEach(NodeProcess::restart);
    cluster.origins().forEach(NodeProcess::awaitReady);
    publish(cluster.origin(1));
    Poll.until("live again", SOON, () -> new Api(cluster.origin(1)).isLive("live/survivor"));

    awaitProgress("the players play on", Duration.ofSeconds(15));
    for (NodeProcess edge : cluster.edges()) {
      FlvPlayer joins = LAB.keep(FlvPlayer.play(edge.http("/live/survivor.flv")));
      Poll.until("a new player at " + edge + " plays", SOON, () -> joins.keyframes() > 0);
    }
    awaitHls("HLS plays on");
    nobodyNoticed();
    hlsIsOfALaterPeriodThan(period);
  }

  private Proc publish(NodeProcess origin) {
    return LAB.keep(
        Ffmpeg.publishLoop(LAB.file("publish-" + origin + ".log"), Clip.AAC_5_1.file(), origin.rtmp("live/survivor")));
  }

  private void startPlayers(NodeProcess edge) {
    Poll.until("the stream is live", SOON, () -> new Api(cluster.origin(0)).isLive("live/survivor"));
    for (int i = 0; i < FLV_PLAYERS; i++) {
      flv.add(LAB.keep(FlvPlayer.play(edge.http("/live/survivor.flv"))));
    }
    for (int i = 0; i < RTMP_PLAYERS; i++) {
      Path file = LAB.file("rtmpdump.flv");
      rtmpFiles.add(file);
      rtmp.add(LAB.keep(Proc.start("rtmpdump", LAB.file("rtmpdump.log"), List.of("rtmpdump", "-r",
          edge.rtmp("live/survivor"), "--live", "-m", "60", "-o", file.toString()), Map.of())));
    }
    for (NodeProcess each : cluster.edges()) {
      hls.add(LAB.keep(HlsPlayer.play(each.http("/live/survivor.m3u8"))));
    }
  }

  /** Each player receives more than it has at the moment. */
  private void awaitProgress(String what, Duration limit) {
    List<Long> frames = flv.stream().map(FlvPlayer::frames).toList();
    List<Long> sizes = rtmpFiles.stream().map(FailoverIT::size).toList();
    Poll.until(what, limit, () -> {
      boolean all = true;
      for (int i = 0; i < flv.size(); i++) {
        all &= flv.get(i).frames() > frames.get(i) + 10;
      }
      for (int i = 0; i < rtmpFiles.size(); i++) {
        all &= size(rtmpFiles.get(i)) > sizes.get(i) + 10_000;
      }
      return all;
    }, flv);
  }

  /** Each HLS player plays two segments more. */
  private void awaitHls(String what) {
    List<Integer> before = hls.stream().map(player -> player.played().size()).toList();
    Poll.until(what, SOON, () -> {
      boolean all = true;
      for (int i = 0; i < hls.size(); i++) {
        all &= hls.get(i).played().size() >= before.get(i) + 2;
      }
      return all;
    }, hls);
  }

  private void hlsIsOfALaterPeriodThan(long period) {
    assertThat(hls).allSatisfy(
        player -> assertThat(player.played().getLast().period()).as(player.toString()).isGreaterThan(period));
  }

  private void nobodyNoticed() {
    assertThat(flv).allSatisfy(player -> {
      assertThat(player.ended()).as(player.toString()).isFalse();
      assertThat(player.wentBack()).as(player.toString()).isZero();
    });
    assertThat(rtmp).allSatisfy(player -> assertThat(player.isAlive()).as(player.toString()).isTrue());
    // A segment that was listed while its owner died is lost with it; all else is as it should be.
    assertThat(hls).allSatisfy(player -> assertThat(player.complaints())
        .filteredOn(complaint -> !complaint.contains("for the listed segment")).isEmpty());
  }

  private static long size(Path file) {
    return Files.exists(file) ? file.toFile().length() : 0;
  }
}
