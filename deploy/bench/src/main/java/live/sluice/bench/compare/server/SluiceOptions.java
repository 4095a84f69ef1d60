package live.sluice.bench.compare.server;

import java.nio.file.Path;
import live.sluice.bench.BenchException;
import org.jspecify.annotations.Nullable;

/**
 * How Sluice is run in a comparison.
 *
 * @param distribution the unpacked archive
 * @param config the user's configuration file, used in place of that of the comparison; null: the latter
 * @param hls whether streams are packaged, where the configuration is that of the comparison
 * @param wholeHeap whether the JVM has its first heap in memory from the start: else garbage that waits to be collected
 *     looks like memory that clients need
 * @param scratch where files go that are needed while it runs
 */
public record SluiceOptions(Path distribution, @Nullable Path config, boolean hls, boolean wholeHeap, Path scratch) {
  /** The distribution that {@code ./sluice} has built. */
  public static Path builtDistribution() {
    String built = System.getProperty("sluice.distribution", "");
    if (built.isEmpty()) {
      throw new BenchException("there is no distribution of Sluice to run: start this by ./sluice bench");
    }
    return Path.of(built);
  }
}
