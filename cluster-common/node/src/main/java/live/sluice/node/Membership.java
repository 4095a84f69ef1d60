package live.sluice.node;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.sluice.cluster.ClusterDirectory;
import live.sluice.cluster.ClusterSettings;
import live.sluice.cluster.LocalDirectory;
import live.sluice.cluster.NodeStatus;
import live.sluice.cluster.Placement;
import live.sluice.cluster.RegionDirectory;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node among the others of its cluster, or alone. Thread-safe. */
final class Membership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private static final long JOIN_SECONDS = 10;

  private final NodeInfo self;
  private final @Nullable ClusterDirectory cluster;
  private final RegionDirectory directory;

  /** Begins to join, and does not wait for it. */
  Membership(ClusterSettings settings, NodeInfo self) {
    this.self = self;
    this.cluster = settings.alone() ? null : ClusterDirectory.start(settings, self, InstantSource.system());
    this.directory = cluster != null ? cluster : new LocalDirectory(self, InstantSource.system());
  }

  /** Who owns which stream, here and in other regions. */
  RegionDirectory directory() {
    return directory;
  }

  /** Waits for an origin to have joined: one that is ready before does not know what others have granted already. */
  void awaitJoined() {
    ClusterDirectory joined = cluster;
    if (joined == null || self.role() != NodeInfo.Role.ORIGIN) {
      return;
    }
    try {
      joined.ready().toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the cluster is not joined yet; the node works alone until it is", e);
    }
  }

  /** Tells the others what this node has to do. */
  void setLoad(int streams, int players) {
    ClusterDirectory joined = cluster;
    if (joined != null) {
      joined.setLoad(streams, players);
    }
  }

  /** What each node has to do, as far as it is known; this one's, where it is alone, is given. */
  Collection<NodeView.NodeLoad> loads(int streams, int players) {
    ClusterDirectory joined = cluster;
    if (joined == null) {
      return List.of(new NodeView.NodeLoad(self, streams, players));
    }
    List<NodeView.NodeLoad> loads = new ArrayList<>();
    for (NodeStatus status : joined.statuses()) {
      loads.add(new NodeView.NodeLoad(status.info(), status.streams(), status.players()));
    }
    return loads;
  }

  /** The origin that a stream is best published at; null where none is known. */
  @Nullable NodeInfo placeFor(StreamKey key) {
    ClusterDirectory joined = cluster;
    return joined == null ? null : Placement.originFor(key.path(), joined.statuses());
  }

  @Override
  public void close() {
    ClusterDirectory joined = cluster;
    if (joined != null) {
      joined.close();
    } else if (directory instanceof LocalDirectory alone) {
      alone.close();
    }
  }
}
