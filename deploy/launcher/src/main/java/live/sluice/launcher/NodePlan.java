package live.sluice.launcher;

/**
 * One node that is to run.
 *
 * @param name its name, such as {@code origin-0}
 * @param role what it does
 * @param ports where it listens
 */
public record NodePlan(String name, Role role, NodePorts ports) {}
