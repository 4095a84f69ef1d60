package live.sluice.node.config;

/**
 * Bounds on what clients may take. Every key stands in {@code reference.yaml}.
 *
 * @param sessions most sessions of the node
 * @param sessionsPerAddress most sessions from one address
 */
public record LimitsSection(
    @Between(min = "1", max = "1000000") int sessions,
    @Between(min = "1", max = "1000000") int sessionsPerAddress) {

  /** What holds where the file says nothing. */
  public static LimitsSection defaults() {
    return new LimitsSection(10_000, 2_000);
  }
}
