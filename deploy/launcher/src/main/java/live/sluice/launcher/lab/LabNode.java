package live.sluice.launcher.lab;

import live.sluice.launcher.NodePlan;

/**
 * A node that is to run.
 *
 * @param plan who it is, and its ports
 * @param address where it listens
 */
record LabNode(NodePlan plan, String address) {
  String name() {
    return plan.name();
  }
}
