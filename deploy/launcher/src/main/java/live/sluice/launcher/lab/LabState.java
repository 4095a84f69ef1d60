package live.sluice.launcher.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.launcher.ProcessIdentity;
import live.sluice.line.LinkSettings;
import org.jspecify.annotations.Nullable;

/**
 * What was made and started, as it stands on disk. It is written before anything is made, so that whatever a command
 * leaves behind when it is killed can be found and removed.
 *
 * @param plan what the laboratory is
 * @param nodes the process of each node that was started, by the node's name
 * @param line the delay line, or null
 * @param netem what each way is like where the kernel's netem makes them, by the names of both regions; else null
 * @param launcher the command in the foreground that ends it all when it ends, or null
 */
record LabState(
    LabPlan plan,
    Map<String, ProcessIdentity> nodes,
    @Nullable ProcessIdentity line,
    @Nullable Map<String, LinkSettings> netem,
    @Nullable ProcessIdentity launcher) {
  static LabState startedBy(ProcessIdentity launcher, LabPlan plan) {
    return new LabState(plan, Map.of(), null, null, launcher);
  }

  LabState with(String node, ProcessIdentity process) {
    Map<String, ProcessIdentity> more = new LinkedHashMap<>(nodes);
    more.put(node, process);
    return new LabState(plan, more, line, netem, launcher);
  }

  LabState withLine(ProcessIdentity started) {
    return new LabState(plan, nodes, started, netem, launcher);
  }

  /** Netem makes the ways, and all are alike. */
  LabState withNetem(LinkSettings settings) {
    LabState changed = new LabState(plan, nodes, line, Map.of(), launcher);
    for (Region from : plan.regions()) {
      for (Region to : plan.regions()) {
        changed = changed.withWay(from, to, settings);
      }
    }
    return changed;
  }

  LabState withWay(Region from, Region to, LinkSettings settings) {
    Map<String, LinkSettings> more = new LinkedHashMap<>(netem == null ? Map.of() : netem);
    more.put(key(from, to), settings);
    return new LabState(plan, nodes, line, more, launcher);
  }

  /** What a way is like that netem makes. */
  LinkSettings way(Region from, Region to) {
    return netem == null ? LinkSettings.NONE : netem.getOrDefault(key(from, to), LinkSettings.NONE);
  }

  private static String key(Region from, Region to) {
    return from.name() + " " + to.name();
  }

  /** From now on it runs by itself. */
  LabState detached() {
    return new LabState(plan, nodes, line, netem, null);
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
