package live.sluice.launcher;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was started, as it stands on disk, so that a later command can tell about it and end it.
 *
 * @param host the address to reach the nodes at
 * @param nodes the nodes, origins first
 * @param nginx the NGINX in front, or null
 * @param demo the publisher of the test picture, or null
 * @param launcher the command in the foreground that stops it all when it ends, or null
 */
record ClusterState(
    String host,
    List<NodeState> nodes,
    @Nullable NginxState nginx,
    @Nullable ProcessIdentity demo,
    @Nullable ProcessIdentity launcher) {
  /** A node that was started. */
  record NodeState(NodePlan plan, ProcessIdentity process) {}

  /** The NGINX that was started, and where it answers. */
  record NginxState(String url, ProcessIdentity process) {}

  static ClusterState startedBy(ProcessIdentity launcher, String host) {
    return new ClusterState(host, List.of(), null, null, launcher);
  }

  ClusterState with(NodeState node) {
    List<NodeState> more = new ArrayList<>(nodes);
    more.add(node);
    return new ClusterState(host, List.copyOf(more), nginx, demo, launcher);
  }

  ClusterState with(NginxState started) {
    return new ClusterState(host, nodes, started, demo, launcher);
  }

  ClusterState withDemo(ProcessIdentity started) {
    return new ClusterState(host, nodes, nginx, started, launcher);
  }

  /** From now on it runs by itself. */
  ClusterState detached() {
    return new ClusterState(host, nodes, nginx, demo, null);
  }

  /** Returns every process in the order in which they are to be stopped: what asks before what answers. */
  List<ProcessIdentity> processes() {
    List<ProcessIdentity> all = new ArrayList<>();
    if (demo != null) {
      all.add(demo);
    }
    if (nginx != null) {
      all.add(nginx.process());
    }
    nodes.forEach(node -> all.add(node.process()));
    return all;
  }

  boolean anyAlive() {
    return processes().stream().anyMatch(ProcessIdentity::isAlive);
  }
}
