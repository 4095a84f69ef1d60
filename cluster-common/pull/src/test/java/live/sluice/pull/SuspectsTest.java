package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Suspects suspects = new Suspects(ticker);

  @Test
  void aNodeThatDidNotAnswerIsSuspectedForFiveSeconds() {
    suspects.add("a");
    assertThat(suspects.has("b")).isFalse();
    ticker.advance(4_999);
    assertThat(suspects.has("a")).isTrue();
    ticker.advance(2);
    assertThat(suspects.has("a")).isFalse();
  }

  @Test
  void aNodeThatGoesIsNotTurnedToBeforeItHasGone() {
    suspects.add("a", 30_000);
    ticker.advance(29_999);
    assertThat(suspects.has("a")).isTrue();
    ticker.advance(2);
    assertThat(suspects.has("a")).isFalse();
  }

  @Test
  void whatANodeSaysOfItsEndIsBounded() {
    suspects.add("a", Long.MAX_VALUE);
    suspects.add("b", -1);
    assertThat(suspects.has("b")).isTrue();
    ticker.advance(600_001);
    assertThat(suspects.has("a")).isFalse();
  }

  @Test
  void aNodeThatAnswersAgainIsNotSuspected() {
    suspects.add("a", 30_000);
    suspects.remove("a");
    assertThat(suspects.has("a")).isFalse();
  }
}
