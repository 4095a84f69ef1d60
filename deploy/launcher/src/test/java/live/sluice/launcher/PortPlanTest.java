package live.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortPlanTest {
  @Test
  void withoutABaseTheWellKnownPortsAreUsed() {
    NodePorts first = new PortPlan(0).node(0);
    assertThat(first.rtmp()).isEqualTo(1935);
    assertThat(first.http()).isEqualTo(8080);
    assertThat(first.api()).isEqualTo(1985);
    assertThat(first.webrtc()).isEqualTo(8000);
    assertThat(first.hop()).isEqualTo(8001);
    assertThat(new PortPlan(0).node(2).http()).isEqualTo(8280);
    assertThat(new PortPlan(0).nginx()).isEqualTo(8888);
  }

  @Test
  void aBaseGivesEveryNodeAHundredPorts() {
    NodePorts second = new PortPlan(20000).node(1);
    assertThat(second.rtmp()).isEqualTo(20100);
    assertThat(second.http()).isEqualTo(20101);
    assertThat(second.api()).isEqualTo(20102);
    assertThat(second.webrtc()).isEqualTo(20103);
    assertThat(second.hop()).isEqualTo(20104);
    assertThat(second.member()).isGreaterThan(20104);
    assertThat(new PortPlan(20000).nginx()).isEqualTo(20090);
  }

  @Test
  void noTwoListenersShareAPort() {
    for (int base : new int[] {0, 30000}) {
      PortPlan plan = new PortPlan(base);
      List<Integer> ports = new ArrayList<>(List.of(plan.nginx()));
      for (int k = 0; k < 8; k++) {
        NodePorts node = plan.node(k);
        ports.addAll(List.of(node.rtmp(), node.http(), node.api(), node.member(), node.client()));
        ports.addAll(List.of(node.rtmpTls(), node.httpTls(), node.apiTls(), node.webrtc(), node.hop()));
      }
      assertThat(new HashSet<>(ports)).hasSameSizeAs(ports);
    }
  }

  @Test
  void aBaseThatLeavesNoRoomIsRefused() {
    assertThatThrownBy(() -> new PortPlan(65000).node(6))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--base-port");
  }
}
