package live.sluice.launcher.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.launcher.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What was made and started, as it stands on disk. It is written before anything is made, so that whatever a command
 * leaves behind when it is killed can be found and removed.
 *
 * @param plan what the laboratory is
 * @param nodes the process of each node that was started, by the node's name
 * @param line the delay line, or null
 * @param launcher the command in the foreground that ends it all when it ends, or null
 */
record LabState(
    LabPlan plan,
    Map<String, ProcessIdentity> nodes,
    @Nullable ProcessIdentity line,
    @Nullable ProcessIdentity launcher) {
  static LabState startedBy(ProcessIdentity launcher, LabPlan plan) {
    return new LabState(plan, Map.of(), null, launcher);
  }

  LabState with(String node, ProcessIdentity process) {
    Map<String, ProcessIdentity> more = new LinkedHashMap<>(nodes);
    more.put(node, process);
    return new LabState(plan, more, line, launcher);
  }

  LabState withLine(ProcessIdentity started) {
    return new LabState(plan, nodes, started, launcher);
  }

  /** From now on it runs by itself. */
  LabState detached() {
    return new LabState(plan, nodes, line, null);
  }

  /** Returns the process of a node, whether it still runs or not; null before it was started. */
  @Nullable ProcessIdentity process(LabNode node) {
    return nodes.get(node.name());
  }

  /** Returns every process that was started. */
  List<ProcessIdentity> processes() {
    List<ProcessIdentity> all = new ArrayList<>(nodes.values());
    if (line != null) {
      all.add(line);
    }
    return all;
  }

  boolean anyAlive() {
    return processes().stream().anyMatch(ProcessIdentity::isAlive);
  }
}
