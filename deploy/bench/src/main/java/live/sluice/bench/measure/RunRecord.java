package live.sluice.bench.measure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of one run, as {@code --json} writes it; {@code docs/bench.md} tells of each field.
 *
 * @param schema grows when a field changes its meaning
 * @param kind {@code play} or {@code publish}
 * @param started when, as ISO 8601
 * @param parameters what the command line asked for
 * @param play of a {@code play}
 * @param publish of a {@code publish}
 * @param server the process of {@code --pid}
 * @param generator this process
 * @param warnings what makes the figures doubtful
 * @param series a point a second, from the first client on
 */
public record RunRecord(
    int schema,
    String kind,
    String started,
    Map<String, Object> parameters,
    Machine machine,
    @Nullable PlaySummary play,
    @Nullable PublishSummary publish,
    @Nullable ServerFigures server,
    GeneratorFigures generator,
    List<String> warnings,
    List<SeriesPoint> series) {
  /** The form that is described here. */
  public static final int SCHEMA = 1;
}
