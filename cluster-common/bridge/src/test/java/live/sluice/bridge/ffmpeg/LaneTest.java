package live.sluice.bridge.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  private final Lane<String> lane = lane(tasks::add);

  @Test
  void doesJobsInOrderAndTellsWhenTheirTurnIsOver() {
    offer("a", "b");
    runAll();

    assertThat(seen).containsExactly("a", "b", "over");
  }

  @Test
  void othersHaveTheirTurnAfterAFew() {
    offer("a", "b", "c", "d");
    assertThat(tasks).hasSize(1);

    tasks.removeFirst().run();

    assertThat(seen).containsExactly("a", "b", "c", "over");
    assertThat(tasks).hasSize(1);
    runAll();
    assertThat(seen).containsExactly("a", "b", "c", "over", "d", "over");
  }

  @Test
  void jobsBeyondTheBoundStayTheCallers() {
    offer("1", "2", "3", "4", "5");

    assertThat(lane.offer("6")).isFalse();
    assertThat(lane.waiting()).isEqualTo(5);
    runAll();
    assertThat(lane.offer("7")).isTrue();
  }

  @Test
  void whatWaitsIsDroppedAtTheEnd() {
    offer("a", "b");

    lane.close();
    lane.close();
    runAll();

    assertThat(seen).containsExactly("over", "drop a", "drop b", "end");
    assertThat(lane.offer("c")).isFalse();
  }

  @Test
  void endsByItselfWhereNoThreadIsLeft() {
    Lane<String> alone =
        lane(
            task -> {
              throw new RejectedExecutionException();
            });

    assertThat(alone.offer("a")).isTrue();
    alone.close();

    assertThat(seen).containsExactly("drop a", "end");
  }

  private Lane<String> lane(Executor threads) {
    return new Lane<>(
        threads,
        5,
        3,
        new Lane.Worker<>() {
          @Override
          public void work(String job) {
            seen.add(job);
          }

          @Override
          public void turnOver() {
            seen.add("over");
          }

          @Override
          public void drop(String job) {
            seen.add("drop " + job);
          }

          @Override
          public void end() {
            seen.add("end");
          }
        });
  }

  private void offer(String... jobs) {
    for (String job : jobs) {
      assertThat(lane.offer(job)).isTrue();
    }
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }
}
