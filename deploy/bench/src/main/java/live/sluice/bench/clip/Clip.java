package live.sluice.bench.clip;

import java.util.List;
import live.sluice.container.amf.AmfObject;

/**
 * What publishers send over and over. Immutable, and shared by all of them.
 *
 * @param metadata what onMetaData says
 * @param opening configurations, sent once, at time 0
 * @param units in the order of sending, one at least
 * @param durationMs after which the first unit follows the last one again
 */
public record Clip(AmfObject metadata, List<ClipUnit> opening, List<ClipUnit> units, long durationMs) {

  /** Whether there are pictures. */
  public boolean video() {
    return units.stream().anyMatch(unit -> unit.type() == 9);
  }

  /** Ns from one picture to the next on the average; without pictures, from one frame of sound. */
  public long pictureNanos() {
    long pictures = units.stream().filter(unit -> unit.type() == 9).count();
    return durationMs * 1_000_000 / (pictures > 0 ? pictures : units.size());
  }

  /** Bits a second on the average. */
  public double bitrate() {
    return units.stream().mapToLong(ClipUnit::length).sum() * 8_000.0 / durationMs;
  }
}
