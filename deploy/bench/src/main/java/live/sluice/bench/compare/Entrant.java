package live.sluice.bench.compare;

import java.util.List;

/**
 * Who takes part in a comparison.
 *
 * @param name what it is called in the results
 * @param kind which server it is: sluice, sluice-edge, nginx-rtmp, janus, floor, or the name of a given one
 * @param settings for sluice: keys of the configuration with their values
 * @param playArguments what its players are told beside what all are told
 */
record Entrant(String name, String kind, List<String> settings, List<String> playArguments) {
  /** A server as it is, under its own name. */
  static Entrant of(String kind) {
    return new Entrant(kind, kind, List.of(), List.of());
  }
}
