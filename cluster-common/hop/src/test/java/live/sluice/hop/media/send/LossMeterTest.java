package live.sluice.hop.media.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossMeterTest {
  private static final long REPORT_NANOS = 50_000_000;

  private final LossMeter meter = new LossMeter();
  private long now;
  private int expected;
  private int arrived;

  private void report(int expectedMore, int lost) {
    now += REPORT_NANOS;
    expected += expectedMore;
    arrived += expectedMore - lost;
    meter.add(expected, arrived, now);
  }

  @ParameterizedTest(name = "{0} packets a report")
  @ValueSource(ints = {40, 400, 1_200, 3_000})
  void aQuarterIsTooMuchOnceTwoReportsSaySo(int packets) {
    report(packets, 0);
    report(packets, packets / 4);
    assertThat(meter.isMuch()).isFalse();
    report(packets, packets / 4);
    assertThat(meter.isMuch()).isTrue();
    assertThat(meter.share()).isBetween(0.2, 0.26);
    meter.reset(now);
    assertThat(meter.isMuch()).isFalse();
  }

  @ParameterizedTest(name = "{0} packets a report")
  @ValueSource(ints = {40, 400, 1_200})
  void whatIsOnlyOvertakenIsNot(int packets) {
    for (int i = 0; i < 100; i++) {
      report(packets, packets / 4);
      report(packets, -packets / 4);
      assertThat(meter.isMuch()).isFalse();
    }
  }
}
