package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class GatheringSelectTest {
  private static final int ROUNDS = 20;

  private final GatheringSelect select = new GatheringSelect();

  @Test
  void questionsInARowAreKeptApart() throws Exception {
    long begun = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(select.calculateStrategy(() -> 7, false)).isEqualTo(SelectStrategy.SELECT);
    }
    assertThat(System.nanoTime() - begun).isGreaterThan((ROUNDS - 1) * GatheringSelect.GAP_NANOS);
  }

  @Test
  void aLoopThatHasTasksDoesNotRest() throws Exception {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      assertThat(select.calculateStrategy(() -> 7, true)).isEqualTo(7);
      quickest = Math.min(quickest, System.nanoTime() - begun);
    }
    assertThat(quickest).isLessThan(GatheringSelect.GAP_NANOS);
  }
}
