package live.sluice.bench.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShareTest {
  private static final JsonNode PACKETS =
      JsonMapper.builder()
          .build()
          .readTree(
              "{\"expected\":995,\"received\":990,\"inTime\":980,\"latencyMs\":{\"p50\":30,\"p99\":40,\"p999\":50,\"max\":60}}");

  @Test
  void whatIsMissingAtTheEndsIsNoLoss() {
    Share share = Share.of(PACKETS, 1_000);
    assertThat(share.expected()).isEqualTo(995);
    assertThat(share.unseen()).isZero();
    assertThat(share.p999Ms()).isEqualTo(50);
  }

  @Test
  void whatWasPublishedAndLeftNoTraceIsLost() {
    Share share = Share.of(PACKETS, 2_000);
    assertThat(share.unseen()).isEqualTo(1_005);
    assertThat(share.percent()).isEqualTo(49);
  }
}
