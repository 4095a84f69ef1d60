package live.sluice.node.config;

import java.util.List;

/**
 * Another region that hops are made to. Every key stands in {@code reference.yaml}.
 *
 * @param name its node.region
 * @param seeds some of its nodes as host:port, with the port of their hop
 */
public record HopRegionSection(
    @Matches(value = "|" + Matches.NAME, words = "1 to 64 letters, digits and . _ -") String name,
    List<String> seeds) {

  /** Keeps the list as it is now. */
  public HopRegionSection {
    seeds = List.copyOf(seeds);
  }

  /** What holds where the file says nothing. */
  public static HopRegionSection defaults() {
    return new HopRegionSection("", List.of());
  }
}
