package live.sluice.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.bench.proc.CpuTime;
import live.sluice.bench.proc.ThreadTime;
import org.junit.jupiter.api.Test;

class LoopSharesTest {
  @Test
  void loops_are_told_from_other_threads_by_their_names() {
    LoopShares shares =
        LoopShares.of(
                List.of(thread("vert.x-..read-0", 60), thread("vert.x-..read-1", 40), thread("C2 CompilerThre", 900)))
            .orElseThrow();

    assertThat(shares).isEqualTo(new LoopShares(40, 60));
  }

  @Test
  void a_loop_that_carries_nothing_does_not_count() {
    LoopShares shares =
        LoopShares.of(
                List.of(thread("vert.x-..read-0", 50), thread("vert.x-..read-1", 50), thread("vert.x-..read-2", 1)))
            .orElseThrow();

    assertThat(shares.least()).isBetween(49.0, 50.0);
  }

  @Test
  void a_server_without_such_threads_has_no_shares() {
    assertThat(LoopShares.of(List.of(thread("nginx", 100)))).isEmpty();
    assertThat(LoopShares.of(List.of(thread("vert.x-..read-0", 0)))).isEmpty();
  }

  private static ThreadTime thread(String name, long ms) {
    return new ThreadTime(1, name, new CpuTime(ms * 1_000_000, 0));
  }
}
