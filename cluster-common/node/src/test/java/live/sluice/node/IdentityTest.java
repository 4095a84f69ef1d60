package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import live.sluice.media.NodeInfo;
import live.sluice.media.Ticker;
import live.sluice.node.config.ConfigLoader;
import live.sluice.node.config.NodeConfig;
import org.junit.jupiter.api.Test;

class IdentityTest {

  @Test
  void othersAreToldOfAHopOnlyWhereTheyReachIt() {
    assertThat(hopPort("node.host=127.0.0.1")).isEqualTo(8001);
    assertThat(hopPort("node.host=127.0.0.1", "hop.port=9001")).isEqualTo(9001);
    assertThat(hopPort("node.host=127.0.0.1", "hop.port=0")).isPositive();
    assertThat(hopPort("node.host=127.0.0.1", "hop.enabled=false")).isZero();
    assertThat(hopPort("node.host=127.0.0.1", "rtc.enabled=false")).isZero();
    assertThat(hopPort("node.host=192.0.2.1")).as("no certificates: loopback only").isZero();
  }

  @Test
  void chosenPortsAreNotChosenTwice() {
    NodeConfig config = config("node.host=127.0.0.1", "rtc.port=0", "hop.port=0");
    NodeInfo self = Identity.of(config, NodeInfo.Role.ORIGIN, Ticker.SYSTEM);
    assertThat(Identity.rtcPort(config, self)).isNotEqualTo(self.hopPort());
  }

  private static int hopPort(String... settings) {
    return Identity.of(config(settings), NodeInfo.Role.ORIGIN, Ticker.SYSTEM).hopPort();
  }

  private static NodeConfig config(String... settings) {
    return ConfigLoader.load(null, Map.of(), List.of(settings)).config();
  }
}
