package live.sluice.container.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlsSegmentNameTest {
  @Test
  void whatIsWrittenCanBeRead() {
    HlsSegmentName name = new HlsSegmentName(1_700_000_000_000L, 0);

    assertThat(name).hasToString("1700000000000-0.ts");
    assertThat(HlsSegmentName.parse(name.toString())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".ts", "-.ts", "1-.ts", "-1.ts", "1-2", "1-2.m3u8", "01-2.ts", "1-02.ts", "1--2.ts", "+1-2.ts",
        "1-2.ts.ts", "1-9999999999999999999.ts", "1 -2.ts", "../1-2.ts"
      })
  void anythingElseIsNoName(String name) {
    assertThat(HlsSegmentName.parse(name)).isNull();
  }
}
