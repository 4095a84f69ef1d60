package live.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NtpTest {

  @Test
  void secondsCountFrom1900() {
    assertThat(Ntp.ofWallMillis(0)).isEqualTo(2_208_988_800L << 32);
    assertThat(Ntp.ofWallMillis(500) & 0xffffffffL).isEqualTo(1L << 31);
    assertThat(Ntp.ofWallNanos(500_000_000)).isEqualTo(Ntp.ofWallMillis(500));
  }

  @Test
  void timesComeBackToTheirUnit() {
    for (String time : List.of("1970-01-01T00:00:00.001Z", "2026-05-06T07:08:09.999Z", "2040-01-01T00:00:00.333Z")) {
      long millis = Instant.parse(time).toEpochMilli();
      assertThat(Ntp.toWallMillis(Ntp.ofWallMillis(millis))).isEqualTo(millis);
      for (long nanos : new long[] {millis * 1_000_000, millis * 1_000_000 + 1, millis * 1_000_000 + 999_999}) {
        assertThat(Ntp.toWallNanos(Ntp.ofWallNanos(nanos))).isEqualTo(nanos);
      }
    }
  }

  @Test
  void theMiddleIsSixteenBitsOfEach() {
    assertThat(Ntp.middle(0x11112222_33334444L)).isEqualTo(0x22223333);
  }

  @Test
  void delaysAreIn65536thsOfASecond() {
    assertThat(Ntp.delay(1_000_000_000)).isEqualTo(65_536);
    assertThat(Ntp.delay(1_500_000_000)).isEqualTo(98_304);
    assertThat(Ntp.delay(0)).isZero();
    assertThat(Ntp.delay(-5)).isZero();
    assertThat(Ntp.delay(40_000L * 1_000_000_000)).isEqualTo(40_000 << 16);
    assertThat(Ntp.delay(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(Ntp.delayNanos(98_304)).isEqualTo(1_500_000_000);
    assertThat(Ntp.delayNanos(40_000 << 16)).isEqualTo(40_000L * 1_000_000_000);
  }
}
