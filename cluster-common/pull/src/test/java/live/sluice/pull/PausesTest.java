package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.NodeInfo;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;

class PausesTest {
  private static final NodeInfo NODE = FakeSources.node("a");

  private final ManualTicker ticker = new ManualTicker();
  private final Pauses pauses = new Pauses(ticker);

  @Test
  void whoWasAskedInVainIsLeftAloneForTwoSecondsAtMostTheFirstTime() {
    assertThat(pauses.holds(NODE)).isFalse();
    pauses.add(NODE);
    ticker.advance(999);
    assertThat(pauses.holds(NODE)).isTrue();
    ticker.advance(1_001);
    assertThat(pauses.holds(NODE)).isFalse();
  }

  @Test
  void eachTimeItIsLongerUpToHalfAMinute() {
    for (int i = 0; i < 10; i++) {
      pauses.add(NODE);
    }
    ticker.advance(14_999);
    assertThat(pauses.holds(NODE)).isTrue();
    ticker.advance(15_001);
    assertThat(pauses.holds(NODE)).isFalse();
  }

  @Test
  void aNodeThatWasStartedAnewIsAskedAtOnce() {
    pauses.add(NODE);
    NodeInfo anew = new NodeInfo("a", 2, NODE.role(), "r", "127.0.0.1", 1, 2, 3, 4);
    assertThat(pauses.holds(anew)).isFalse();
  }

  @Test
  void nothingIsRememberedWhenThingsAreOtherwise() {
    pauses.add(NODE);
    pauses.clear();
    assertThat(pauses.holds(NODE)).isFalse();
  }

  @Test
  void ofManyNodesTheLastOnesAreRemembered() {
    for (int i = 0; i < 17; i++) {
      pauses.add(FakeSources.node("n" + i));
    }
    assertThat(pauses.holds(FakeSources.node("n0"))).isFalse();
    assertThat(pauses.holds(FakeSources.node("n1"))).isTrue();
  }
}
