package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
  private static ClusterSettings with(String bindHost, String... members) {
    return ClusterSettings.of("sluice", bindHost, 5701, 5702, List.of(members));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.0.0.1:", ":5701", "10.0.0.1:0", "10.0.0.1:65536", "::1:5701", "a:b"})
  void aMemberWithoutAnAddressAndAPortIsRefused(String member) {
    assertThatThrownBy(() -> with("10.0.0.1", member))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("cluster.members");
  }

  @Test
  void namesAndAddressesOfBothKindsAreTaken() {
    assertThat(with("10.0.0.1", "origin-0.local:5701", "10.0.0.2:5701", "[fd00::1]:5701").members()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "*", ""})
  void aWildcardIsRefusedUnlessAllowed(String host) {
    assertThatThrownBy(() -> with(host)).hasMessageContaining("cluster.allowWildcard");
    ClusterSettings good = with("10.0.0.1");
    assertThat(
            new ClusterSettings(
                    good.clusterName(), host, true, 5701, 5702, List.of(), "", false, 0, good.renewal(), good.lease())
                .wildcard())
        .isTrue();
  }

  @Test
  void aQuorumNeedsThreeOrigins() {
    assertThatThrownBy(() -> with("10.0.0.1", "a:1", "b:1").withQuorum(0)).hasMessageContaining("cluster.quorum");
    assertThat(with("10.0.0.1", "a:1", "b:1", "c:1").withQuorum(0).majority()).isEqualTo(2);
    assertThat(with("10.0.0.1").withQuorum(5).majority()).isEqualTo(3);
  }

  @Test
  void whoNamesNobodyIsAlone() {
    assertThat(with("10.0.0.1").alone()).isTrue();
    assertThat(with("10.0.0.1", "a:1").alone()).isFalse();
  }
}
