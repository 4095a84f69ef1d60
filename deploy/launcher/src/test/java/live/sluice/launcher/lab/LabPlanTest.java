package live.sluice.launcher.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabPlanTest {
  @Test
  void eachNodeHasANameAndAnAddressOfItsOwn() {
    LabPlan plan = LabPlan.of("lab", "10.77", List.of("eu", "us"), 1, 3);
    assertThat(plan.nodes())
        .extracting(node -> node.name() + " " + node.address() + ":" + node.plan().ports().rtmp())
        .containsExactly(
            "eu-origin-0 10.77.1.11:1935",
            "eu-edge-0 10.77.1.12:1935",
            "eu-edge-1 10.77.1.13:1935",
            "us-origin-0 10.77.2.11:1935",
            "us-edge-0 10.77.2.12:1935",
            "us-edge-1 10.77.2.13:1935");
    assertThat(plan.regionOf(plan.node("us-edge-0")).name()).isEqualTo("us");
  }

  @Test
  void aRegionsNameMeansAllOfItsNodes() {
    LabPlan plan = LabPlan.of("lab", "10.77", List.of("eu", "us"), 1, 2);
    assertThat(plan.meant("us")).extracting(LabNode::name).containsExactly("us-origin-0", "us-edge-0");
    assertThat(plan.meant("us-edge-0")).extracting(LabNode::name).containsExactly("us-edge-0");
  }

  @Test
  void regionsAreCountedOrNamed() {
    assertThat(LabPlan.regionNames("3")).containsExactly("r1", "r2", "r3");
    assertThat(LabPlan.regionNames("eu,us")).containsExactly("eu", "us");
  }

  @Test
  void namesThatNoNamespaceOrDeviceCanHaveAreRefused() {
    for (String name : List.of("", "a-b", "Lab", "elevenchars", "1a", "../x")) {
      assertThatThrownBy(() -> LabPlan.of(name, "10.77", List.of("r1"), 1, 1)).hasMessageContaining("--name");
    }
    for (String region : List.of("", "wan", "a b", "EU", "a:b", "..")) {
      assertThatThrownBy(() -> LabPlan.of("lab", "10.77", List.of(region), 1, 1)).hasMessageContaining("region");
    }
    assertThatThrownBy(() -> LabPlan.of("lab", "10.77", List.of("a", "a"), 1, 1)).hasMessageContaining("two regions");
    assertThatThrownBy(() -> LabPlan.of("lab", "10.77", LabPlan.regionNames("21"), 1, 1)).hasMessageContaining("--regions");
    assertThatThrownBy(() -> LabPlan.of("lab", "10.77", LabPlan.regionNames("0"), 1, 1)).hasMessageContaining("--regions");
  }

  @Test
  void aRegionHasAnOrigin() {
    assertThatThrownBy(() -> LabPlan.of("lab", "10.77", List.of("r1"), 0, 2)).hasMessageContaining("--origins");
    assertThatThrownBy(() -> LabPlan.of("lab", "10.77", List.of("r1"), 3, 2)).hasMessageContaining("--nodes");
  }

  @Test
  void noTwoLaboratoriesHaveNamesInCommon() {
    // With - in the name of a laboratory, a-b's r1 would be a's b-r1.
    LabPlan plan = LabPlan.of("a", "10.77", List.of("b-r1"), 1, 1);
    assertThat(plan.namespace("b-r1")).isEqualTo("sluice-a-b-r1");
    assertThat(plan.hostDevice(plan.region("b-r1"))).isEqualTo("a-1").hasSizeLessThan(16);
  }

  @Test
  void whoNamesWhatThereIsNotIsToldWhatThereIs() {
    LabPlan plan = LabPlan.of("lab", "10.77", List.of("eu", "us"), 1, 1);
    assertThatThrownBy(() -> plan.region("mars")).hasMessage("there is no region mars; there are eu, us");
    assertThatThrownBy(() -> plan.node("origin-0")).hasMessageContaining("there are eu-origin-0, us-origin-0");
  }
}
