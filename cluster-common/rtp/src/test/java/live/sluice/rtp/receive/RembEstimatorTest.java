package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RembEstimatorTest {
  private static final long MS = 1_000_000;
  private static final long LEAST = 100_000;
  private static final long START = 2_000_000;
  private static final long MOST = 8_000_000;

  private final RembEstimator estimator = new RembEstimator(LEAST, START, MOST);
  private long now = 77_000 * MS;

  /** That many seconds of packets at a rate, an update every 200 ms. */
  private void run(double seconds, long bitsPerSecond, double loss) {
    for (int i = 0; i < seconds * 100; i++) {
      now += 10 * MS;
      estimator.onPacket((int) (bitsPerSecond / 800), now);
      if (i % 20 == 19) {
        estimator.update(loss, now);
      }
    }
  }

  @Test
  void itBeginsHighAndKeepsRoomForAPublisherThatSendsLittle() {
    assertThat(estimator.bitsPerSecond()).isEqualTo(START);
    run(5, 300_000, 0);

    assertThat(estimator.bitsPerSecond()).isEqualTo(START);
  }

  @Test
  void itGrowsWithWhatComesUpToItsLimit() {
    run(3, 2_000_000, 0);
    assertThat(estimator.bitsPerSecond()).isBetween(2_600_000L, 3_100_000L);

    run(20, 7_000_000, 0.01);
    assertThat(estimator.bitsPerSecond()).isEqualTo(MOST);
  }

  @Test
  void someLossHoldsIt() {
    run(5, 2_000_000, 0.05);

    assertThat(estimator.bitsPerSecond()).isEqualTo(START);
  }

  @Test
  void muchLossLowersItBelowWhatComes() {
    run(1, 1_000_000, 0.2);

    assertThat(estimator.bitsPerSecond()).isBetween(600_000L, 910_000L);
    run(60, 50_000, 0.5);
    assertThat(estimator.bitsPerSecond()).isEqualTo(LEAST);
  }

  @Test
  void itRecovers() {
    run(1, 1_000_000, 0.3);
    long fallen = estimator.bitsPerSecond();
    run(10, 1_000_000, 0);

    assertThat(estimator.bitsPerSecond()).isGreaterThan(fallen).isCloseTo(1_500_000, within(50_000L));
  }

  @Test
  void itIsSentEverySecondAndAtOnceWhenItFell() {
    assertThat(estimator.takeDue(now)).isTrue();
    assertThat(estimator.takeDue(now)).isFalse();
    run(0.5, 1_000_000, 0.3);
    assertThat(estimator.takeDue(now)).isTrue();
    assertThat(estimator.takeDue(now + 999 * MS)).isFalse();
    assertThat(estimator.takeDue(now + 1000 * MS)).isTrue();
  }
}
