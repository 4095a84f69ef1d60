package live.sluice.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A meter of its own for each loop, touched on that loop alone; everything here waits for the loops. */
final class PerLoop<M> {
  private final LoadLoops loops;
  private final List<M> meters = new ArrayList<>();

  PerLoop(LoadLoops loops, Function<LoadLoop, M> make) {
    this.loops = loops;
    for (LoadLoop loop : loops.all()) {
      meters.add(make.apply(loop));
    }
  }

  /** That of the client of this number. */
  M of(int client) {
    return meters.get(client % meters.size());
  }

  /** Runs {@code task} for each, on its loop. */
  void each(Consumer<M> task) {
    all(
        meter -> {
          task.accept(meter);
          return true;
        });
  }

  /** What {@code question} gives for each, asked on its loop. */
  <T> List<T> all(Function<M, T> question) {
    List<T> answers = new ArrayList<>();
    for (int i = 0; i < meters.size(); i++) {
      M meter = meters.get(i);
      answers.add(loops.all().get(i).call(() -> question.apply(meter)));
    }
    return answers;
  }
}
