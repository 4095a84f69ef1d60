package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AbsSendTimeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aSecondIsTwoToThe18() {
    assertThat(AbsSendTime.of(0)).isZero();
    assertThat(AbsSendTime.of(SECOND)).isEqualTo(1 << 18);
    assertThat(AbsSendTime.of(SECOND / 2)).isEqualTo(1 << 17);
    assertThat(AbsSendTime.of(64 * SECOND - 1)).isEqualTo(0xffffff);
    assertThat(AbsSendTime.of(64 * SECOND)).isZero();
    assertThat(AbsSendTime.of(-1)).isEqualTo(0xffffff);
    assertThat(AbsSendTime.of(Long.MAX_VALUE)).isBetween(0, 0xffffff);
  }

  @Test
  void differencesCountAcrossTheWrap() {
    int earlier = AbsSendTime.of(63 * SECOND);
    int later = AbsSendTime.of(65 * SECOND + 5_000_000);

    assertThat(AbsSendTime.nanosBetween(earlier, later)).isCloseTo(2_005_000_000L, within(10_000L));
    assertThat(AbsSendTime.nanosBetween(later, earlier)).isCloseTo(-2_005_000_000L, within(10_000L));
  }
}
