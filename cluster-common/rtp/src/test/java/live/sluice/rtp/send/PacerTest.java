package live.sluice.rtp.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MS = 1_000_000;
  private static final long ESTIMATE = 2_000_000;

  private final Pacer pacer = new Pacer();

  @Test
  void anOrdinaryPictureGoesAtOnce() {
    for (int i = 0; i < 100; i++) {
      assertThat(pacer.allowance(8_000, ESTIMATE, i * 33L * MS)).isEqualTo(8_000);
      pacer.onSent(8_000);
    }
  }

  @Test
  void aKeyframeIsSpreadButWaitsNoLongerThanTheBound() {
    int queued = 150_000;
    int first = pacer.allowance(queued, ESTIMATE, 0);
    assertThat(first).isEqualTo(Pacer.BURST);
    long done = 0;
    for (long ms = 0; queued > 0; ms++) {
      int allowed = pacer.allowance(queued, ESTIMATE, ms * MS);
      pacer.onSent(allowed);
      queued -= allowed;
      done = ms;
    }

    assertThat(done).isBetween(40L, 61L);
  }

  @Test
  void aPathOfMuchIsUsed() {
    pacer.onSent(pacer.allowance(100_000, 100_000_000, 0));

    // Two and a half times 100 Mb/s for a ms.
    assertThat(pacer.allowance(80_000, 100_000_000, MS / 2)).isBetween(15_000, 16_000);
  }

  @Test
  void soundIsCountedAndDoesNotAsk() {
    pacer.allowance(0, ESTIMATE, 0);
    for (int i = 0; i < 1000; i++) {
      pacer.onSent(1_000);
    }
    assertThat(pacer.allowance(5_000, ESTIMATE, 0)).isZero();

    // The debt is a burst at most.
    assertThat(pacer.allowance(5_000, ESTIMATE, 40 * MS)).isPositive();
  }

  @Test
  void tellsWhenAPacketMayGo() {
    pacer.onSent(pacer.allowance(21_000, ESTIMATE, 0));
    long wait = pacer.nanosToNext();

    assertThat(wait).isBetween(MS, 3 * MS);
    assertThat(pacer.allowance(21_000, ESTIMATE, wait + 1000)).isBetween(1_250, 1_300);
    assertThat(pacer.nanosToNext()).isZero();
  }

  @Test
  void aClockThatStandsStillOrGoesBackGivesNothing() {
    pacer.onSent(pacer.allowance(100_000, ESTIMATE, 0));

    assertThat(pacer.allowance(80_000, ESTIMATE, 0)).isZero();
    assertThat(pacer.allowance(80_000, ESTIMATE, -MS)).isZero();
  }
}
