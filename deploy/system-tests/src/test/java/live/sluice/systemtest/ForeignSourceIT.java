package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Clip;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Ffmpeg;
import live.sluice.systemtest.kit.FlvPlayer;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.Poll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of servers outside the cluster, pulled by a configured pattern. The foreign server is another cluster. */
@Tag("sharing")
class ForeignSourceIT {

  @RegisterExtension static final Lab LAB = new Lab();

  @Test
  void what_nobody_publishes_is_pulled_from_the_foreign_server_whose_pattern_matches() {
    Cluster foreign = Cluster.start(LAB, 1, 0);
    String sources = "pull.sources=[{match: \"cameras/*\", url: \"" + foreign.origin(0).rtmp("live/${name}") + "\"}, "
        + "{match: \"tv/*\", url: \"" + foreign.origin(0).http("/live/") + "${name}.flv\"}]";
    Cluster ours = Cluster.start(LAB, 0, 1, List.of(sources), false);
    LAB.keep(Ffmpeg.publishLoop(LAB.file("publish.log"), Clip.BBB.file(), foreign.origin(0).rtmp("live/door")));
    Poll.until("the stream is live", Duration.ofSeconds(15), () -> new Api(foreign.origin(0)).isLive("live/door"));

    for (String path : List.of("/cameras/door.flv", "/tv/door.flv")) {
      FlvPlayer player = LAB.keep(FlvPlayer.play(ours.edge(0).http(path)));
      Poll.until(path + " plays", Duration.ofSeconds(15), () -> player.frames() > 50 && player.keyframes() > 0);
      assertThat(player.wentBack()).as("times of %s that went back", path).isZero();
    }
  }
}
