package live.sluice.hop.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentLossTest {
  private final RecentLoss loss = new RecentLoss();

  @Test
  void nothingIsKnownBeforeAnythingWasTold() {
    assertThat(loss.before()).isNegative();
    assertThat(loss.after()).isNegative();
  }

  @Test
  void theFirstSecondCounts() {
    loss.tell(100, 4, 1);
    assertThat(loss.before()).isEqualTo(0.04, within(1e-9));
    assertThat(loss.after()).isEqualTo(0.01, within(1e-9));
  }

  @Test
  void whatWasLostLongAgoIsForgotten() {
    loss.tell(100, 50, 50);
    for (int second = 1; second <= 11; second++) {
      loss.tell(100 + second * 100L, 50, 50);
    }
    assertThat(loss.before()).isZero();
  }

  @Test
  void aStreamOfWhichNothingCameLostNothing() {
    loss.tell(0, 0, 0);
    assertThat(loss.before()).isZero();
  }
}
