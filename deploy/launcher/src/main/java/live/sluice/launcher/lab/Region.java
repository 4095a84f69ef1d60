package live.sluice.launcher.lab;

import java.util.List;
import live.sluice.launcher.Role;

/**
 * A region of a laboratory.
 *
 * @param name its name, as the nodes have it too
 * @param octet the third number of its addresses; also its number among the regions, from 1
 * @param nodes origins first
 */
record Region(String name, int octet, List<LabNode> nodes) {
  List<LabNode> origins() {
    return nodes.stream().filter(node -> node.plan().role() == Role.ORIGIN).toList();
  }
}
