package live.sluice.rtp.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BandwidthEstimatorTest {
  private static final long KB = 1_000;
  private static final long MB = 1_000_000;
  private static final long SECOND = 1_000_000_000L;

  private final BandwidthEstimator estimator = new BandwidthEstimator(MB, 50 * KB, 20 * MB);

  @Test
  void findsWhatThePathCarriesAndDoesNotFillItsQueue() {
    Link link = new Link(estimator, 3 * MB, 20).run(60);
    long least = Long.MAX_VALUE;
    long worst = 0;
    for (int i = 0; i < 30; i++) {
      link.run(1);
      least = Math.min(least, estimator.bitsPerSecond());
      worst = Math.max(worst, link.queueMs());
    }

    assertThat(least).isGreaterThan(1_800 * KB);
    assertThat(estimator.bitsPerSecond()).isLessThan(4 * MB);
    assertThat(worst).isLessThan(250);
  }

  @Test
  void followsAPathThatGetsNarrowerAndWiderAgain() {
    Link link = new Link(estimator, 4 * MB, 20).run(40);
    assertThat(estimator.bitsPerSecond()).isGreaterThan(2 * MB);

    link.capacity = MB;
    link.run(10);
    assertThat(estimator.bitsPerSecond()).isBetween(400 * KB, 1_200 * KB);

    link.capacity = 4 * MB;
    link.run(40);
    assertThat(estimator.bitsPerSecond()).isGreaterThan(2 * MB);
  }

  @Test
  void aSourceOfLittleIsNoProofOfMuch() {
    Link link = new Link(estimator, 100 * MB, 20);
    link.source = 40 * KB;
    link.run(60);

    assertThat(estimator.bitsPerSecond()).isLessThanOrEqualTo(MB);
    assertThat(estimator.arrivingBitsPerSecond()).isBetween(15 * KB, 70 * KB);
  }

  @Test
  void burstsTellOfMoreThanIsSent() {
    Link link = new Link(estimator, 10 * MB, 20);
    link.source = 1_500 * KB;
    link.run(30);

    assertThat(estimator.bitsPerSecond()).isBetween(5 * MB, 8 * MB);
  }

  @Test
  void lossThatIsThePathsOwnIsBorneAndMoreIsNot() {
    Link link = new Link(estimator, 10 * MB, 20);
    link.loss = 0.05;
    link.run(30);
    assertThat(estimator.bitsPerSecond()).isGreaterThan(2 * MB);

    link.loss = 0.4;
    link.run(10);
    assertThat(estimator.bitsPerSecond()).isLessThan(500 * KB);

    link.loss = 0;
    link.run(40);
    assertThat(estimator.bitsPerSecond()).isGreaterThan(2 * MB);
  }

  @Test
  void rembIsABoundUntilItIsOld() {
    Link link = new Link(estimator, 10 * MB, 20).run(20);
    estimator.onRemb(700 * KB, 20 * SECOND);
    link.run(5);
    assertThat(estimator.bitsPerSecond()).isEqualTo(700 * KB);
    link.run(10);
    assertThat(estimator.bitsPerSecond()).isGreaterThan(700 * KB);
  }

  @Test
  void withoutFeedbackRembAndReportsAreWhatThereIs() {
    assertThat(estimator.bitsPerSecond()).isEqualTo(MB);
    estimator.onRemb(5 * MB, SECOND);
    assertThat(estimator.bitsPerSecond()).isEqualTo(5 * MB);
    estimator.onReceiverReport(51, 80_000_000, 2 * SECOND);
    assertThat(estimator.bitsPerSecond()).isBetween(4_400 * KB, 4_600 * KB);
    assertThat(estimator.roundTripNanos()).isEqualTo(80_000_000);
  }

  @Test
  void theBoundsAreKept() {
    estimator.onRemb(1, SECOND);
    assertThat(estimator.bitsPerSecond()).isEqualTo(50 * KB);
    estimator.onRemb(Long.MAX_VALUE, SECOND);
    assertThat(estimator.bitsPerSecond()).isEqualTo(20 * MB);
  }

  @Test
  void feedbackOfWhatWasNeverSentIsPassedOver() {
    estimator.beginFeedback(SECOND);
    for (int i = 0; i < 70_000; i++) {
      estimator.onArrived(i, i * 250L);
      estimator.onMissing(i);
    }
    estimator.endFeedback();

    assertThat(estimator.arrivingBitsPerSecond()).isZero();
    assertThat(estimator.bitsPerSecond()).isEqualTo(MB);
  }

  @Test
  void aPlayersClockThatJumpsIsBorne() {
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      now += 10_000_000;
      estimator.onSent(i, 1200, now);
      estimator.beginFeedback(now + 20_000_000);
      long clock = i % 500 < 250 ? now / 1000 : now / 1000 - 900_000_000_000L;
      estimator.onArrived(i, clock);
      estimator.endFeedback();
    }

    assertThat(estimator.bitsPerSecond()).isBetween(MB, 3 * MB);
    assertThat(estimator.overused()).isFalse();
  }
}
