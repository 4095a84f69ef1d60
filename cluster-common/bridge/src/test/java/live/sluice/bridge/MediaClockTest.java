package live.sluice.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaClockTest {
  private static final long MS = 1_000_000;

  private final MediaClock clock = new MediaClock();

  @Test
  void goesOnFromTheFirstFrame() {
    clock.seen(5_000, 100 * MS);

    assertThat(clock.micros(100 * MS)).isEqualTo(5_000_000);
    assertThat(clock.micros(350 * MS)).isEqualTo(5_250_000);
  }

  @Test
  void aSourceMayBeginWithItsPastAtOnce() {
    for (int i = 0; i < 60; i++) {
      clock.seen(i * 33L, i * MS);
    }

    assertThat(clock.micros(59 * MS)).isEqualTo(59 * 33_000);
    clock.seen(4_500, 2_010 * MS);
    assertThat(clock.micros(2_010 * MS)).as("later on one frame moves little").isLessThan(3_910_000);
    clock.sourceChanged();
    clock.seen(4_500, 2_020 * MS);
    assertThat(clock.micros(2_020 * MS)).as("and so may another source").isEqualTo(4_500_000);
  }

  @Test
  void doesNotJitterWithTheFrames() {
    clock.seen(0, 0);
    for (long at = 40; at < 40_000; at += 40) {
      clock.seen(at, (at + at / 40 % 3 * 20) * MS);
      long late = at * 1_000 - clock.micros(at * MS);
      assertThat(late).isBetween(-1_000L, 30_000L);
    }
    long before = clock.micros(40_000 * MS);
    clock.seen(40_000, 40_060 * MS);
    assertThat(clock.micros(40_000 * MS) - before).isBetween(-100L, 0L);
  }

  @Test
  void followsAPublisherWhoseClockIsFast() {
    for (int i = 0; i < 100_000; i++) {
      clock.seen(i * 40L, Math.round(i * 40 * 0.9999) * MS);
    }

    long now = Math.round(99_999 * 40 * 0.9999);
    assertThat(clock.micros(now * MS) / 1_000).isBetween(99_999L * 40 - 10, 99_999L * 40 + 10);
  }

  @Test
  void beginsAnewAfterAJump() {
    clock.seen(0, 0);
    clock.seen(60_000, 40 * MS);

    assertThat(clock.micros(40 * MS)).isEqualTo(60_000_000);
  }
}
