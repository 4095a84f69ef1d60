package live.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest {
  private static final LinkSettings SETTINGS = new LinkSettings(40, 2, 1, 100, 50, false);

  private final Links links = new Links(List.of("eu", "us", "ap"), SETTINGS, 1);
  private Path folder;
  private ServerSocketChannel server;
  private LineClient client;

  @BeforeEach
  void listen() throws IOException {
    // Not JUnit's folder, whose path may be longer than that of a socket can be.
    folder = Files.createTempDirectory(Path.of("/tmp"), "line");
    Path socket = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Control.RegionCounters counters =
        new Control.RegionCounters() {
          @Override
          public long overruns(int region) {
            return region;
          }

          @Override
          public long oversized(int region) {
            return region + 10L;
          }
        };
    Thread.ofVirtual().start(new Control(server, links, List.of("eu", "us", "ap"), counters));
    client = new LineClient(socket);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    Files.deleteIfExists(folder.resolve("s"));
    Files.delete(folder);
  }

  @Test
  void statusTellsEachWayOnceAndEachRegion() throws IOException {
    links.between(0, 1).offer(0, 1, 1200);
    links.between(0, 1).take();
    LineStatus status = client.status();
    assertThat(status.links())
        .extracting(link -> link.from() + link.to())
        .containsExactly("euus", "euap", "useu", "usap", "apeu", "apus");
    assertThat(status.links()).extracting(LinkReport::settings).containsOnly(SETTINGS);
    assertThat(status.links().getFirst().counters()).isEqualTo(new LinkCounters(1, 1200, 0, 0, 0));
    assertThat(status.regions()).contains(new RegionReport("ap", 2, 12));
  }

  @Test
  void aSettingChangesWhereItWasAskedToAndNothingElseDoes() throws IOException {
    client.set("eu", "us", List.of("delay=7", "cut=true"));
    assertThat(links.between(0, 1).settings()).isEqualTo(new LinkSettings(7, 2, 1, 100, 50, true));
    assertThat(links.between(1, 0).settings()).isEqualTo(SETTINGS);
    client.set("*", "*", List.of("cut=false", "loss=0.1"));
    assertThat(links.between(0, 1).settings()).isEqualTo(new LinkSettings(7, 2, 0.1, 100, 50, false));
    assertThat(links.between(2, 0).settings()).isEqualTo(new LinkSettings(40, 2, 0.1, 100, 50, false));
  }

  @Test
  void whatMakesNoSenseIsRefusedWithAReasonAndChangesNothing() {
    for (String assignment : List.of("loss=101", "delay=-1", "delay=NaN", "rate=x", "lots=1", "delay")) {
      assertThatThrownBy(() -> client.set("*", "*", List.of("jitter=9", assignment)))
          .as(assignment)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> client.set("eu", "mars", List.of("loss=1")))
        .hasMessage("there is no region mars; there are eu, us, ap");
    assertThat(links.reports()).extracting(LinkReport::settings).containsOnly(SETTINGS);
  }
}
