package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long MS = 1_000_000;

  private final RateMeter meter = new RateMeter();

  @Test
  void itIsTheRateOfTheLastSecond() {
    for (int ms = 0; ms < 3000; ms += 10) {
      meter.add(ms < 1000 ? 10_000 : 1250, -500 * MS + ms * MS);
    }

    assertThat(meter.bitsPerSecond(2500 * MS)).isCloseTo(1_000_000, within(60_000L));
  }

  @Test
  void beforeASecondHasPassedItIsThatOfTheTimeSoFar() {
    for (int ms = 0; ms <= 500; ms += 10) {
      meter.add(1250, ms * MS);
    }

    assertThat(meter.bitsPerSecond(500 * MS)).isCloseTo(1_000_000, within(30_000L));
  }

  @Test
  void silenceIsNone() {
    assertThat(meter.bitsPerSecond(0)).isZero();
    meter.add(1250, 10 * MS);

    assertThat(meter.bitsPerSecond(900 * MS)).isPositive();
    assertThat(meter.bitsPerSecond(1100 * MS)).isZero();
    assertThat(meter.bitsPerSecond(50_000 * MS)).isZero();
  }
}
