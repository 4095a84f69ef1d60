package live.sluice.bench.compare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanusServerTest {
  @TempDir private Path folder;

  @Test
  void allThatItOpensIsOfThisMachineAloneAndNothingElseIsLoaded() throws IOException {
    Path home = folder.resolve("janus");
    JanusServer.configure(home, folder, 18_088, 15_004);

    assertThat(Files.readString(home.resolve("janus.transport.http.jcfg")))
        .contains("port = 18088", "ip = \"127.0.0.1\"", "admin_http = false");
    assertThat(Files.readString(home.resolve("janus.plugin.streaming.jcfg")))
        .contains("iface = \"127.0.0.1\", port = 15004, rtcpport = 15005, pt = 96")
        .contains("iface = \"127.0.0.1\", port = 15006, rtcpport = 15007, pt = 111");
    assertThat(Files.readString(home.resolve("janus.jcfg")))
        .contains("ice_enforce_list = \"" + JanusServer.ADDRESS + '"')
        .contains("plugins_folder = \"" + home + "/plugins\"");
    try (var plugins = Files.list(home.resolve("plugins"));
        var transports = Files.list(home.resolve("transports"))) {
      assertThat(plugins).hasSize(1);
      assertThat(transports).hasSize(1);
    }
  }

  @Test
  void portsInARowBeginEvenAndAreGivenOnce() {
    int first = FreePorts.nextOf(4);
    int second = FreePorts.nextOf(4);
    assertThat(first % 2).isZero();
    assertThat(Math.abs(first - second)).isGreaterThanOrEqualTo(4);
  }
}
