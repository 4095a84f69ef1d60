package live.sluice.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Hazelcast instance of a node, a member or a client, and its maps. What Hazelcast offers only as a blocking
 * call is done on a thread of the link's own; nothing here waits on a caller's thread, but for {@link #close}. A member
 * that shuts itself down (Hazelcast does so when a merge fails) is started again.
 */
final class HazelcastLink implements LifecycleListener, InitialMembershipListener {
  private static final Logger log = LoggerFactory.getLogger(HazelcastLink.class);
  private static final long AGAIN_MS = 2_000;

  /** What the directory has: all leases, and all streams and announcements where they were asked for. */
  record Contents(
      @Nullable List<StreamRecord> streams, List<AnnouncementRecord> announced, List<NodeRecord> nodes) {}

  private final ClusterSettings settings;
  private final NodeInfo self;
  private final DirectoryEvents events;
  private final ScheduledExecutorService blocking;

  private volatile @Nullable HazelcastInstance instance;
  private volatile @Nullable IMap<String, StreamRecord> streams;
  private volatile @Nullable IMap<String, AnnouncementRecord> announced;
  private volatile @Nullable IMap<String, NodeRecord> origins;
  private volatile @Nullable IMap<String, NodeRecord> edges;
  private volatile boolean within;
  private volatile boolean closing;

  HazelcastLink(ClusterSettings settings, NodeInfo self, DirectoryEvents events) {
    this.settings = settings;
    this.self = self;
    this.events = events;
    this.blocking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("directory-link-" + self.id()).factory());
  }

  private boolean isMember() {
    return self.role() == NodeInfo.Role.ORIGIN;
  }

  void start() {
    onLink(this::open, 0);
  }

  // On the link's thread.
  private void open() {
    try {
      HazelcastInstance opened = isMember() ? openMember() : openClient();
      instance = opened;
      if (closing) {
        opened.getLifecycleService().terminate();
      } else if (isMember()) {
        attach();
      }
    } catch (RuntimeException e) {
      if (!closing) {
        events.failed(e);
        onLink(this::open, AGAIN_MS);
      }
    }
  }

  private HazelcastInstance openMember() {
    Config config = HazelcastConfigs.member(settings, self);
    config.addListenerConfig(new ListenerConfig(this));
    return Hazelcast.newHazelcastInstance(config);
  }

  private HazelcastInstance openClient() {
    ClientConfig config = HazelcastConfigs.client(settings);
    config.addListenerConfig(new ListenerConfig(this));
    return HazelcastClient.newHazelcastClient(config);
  }

  // On the link's thread: getting a map and listening to it ask the cluster.
  private void attach() {
    HazelcastInstance now = instance;
    if (now == null || closing) {
      return;
    }
    try {
      if (streams == null) {
        IMap<String, StreamRecord> map = now.getMap(HazelcastConfigs.STREAMS);
        map.addEntryListener(
            new MapEvents<StreamRecord>((key, record) -> events.streamChanged(StreamKey.parse(key), record)), true);
        streams = map;
      }
      if (announced == null) {
        IMap<String, AnnouncementRecord> map = now.getMap(HazelcastConfigs.ANNOUNCED);
        map.addEntryListener(new MapEvents<AnnouncementRecord>(events::announcementChanged), true);
        announced = map;
      }
      if (origins == null) {
        IMap<String, NodeRecord> map = now.getMap(HazelcastConfigs.ORIGINS);
        map.addEntryListener(new MapEvents<NodeRecord>(events::originChanged), true);
        origins = map;
      }
      if (edges == null) {
        edges = now.getMap(HazelcastConfigs.EDGES);
      }
      within = true;
      events.up();
    } catch (RuntimeException e) {
      log.debug("the directory's maps are not yet within reach", e);
      onLink(this::attachIfStill, 500);
    }
  }

  private void attachIfStill() {
    if (edges == null) {
      attach();
    }
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case CLIENT_CONNECTED, MERGED -> onLink(this::attach, 0);
      case CLIENT_DISCONNECTED, MERGING -> lost();
      case SHUTDOWN -> {
        if (!closing) {
          lost();
          onLink(this::reopen, AGAIN_MS);
        }
      }
      default -> {}
    }
  }

  private void lost() {
    within = false;
    events.down();
  }

  /** Whether the directory is within reach, as far as connections tell. */
  boolean within() {
    return within;
  }

  private void reopen() {
    if (!closing) {
      streams = null;
      announced = null;
      origins = null;
      edges = null;
      instance = null;
      open();
    }
  }

  @Override
  public void init(InitialMembershipEvent event) {
    event.getMembers().forEach(member -> events.memberAdded(id(member)));
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    events.memberAdded(id(event.getMember()));
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    events.memberLeft(id(event.getMember()));
  }

  private static String id(Member member) {
    return member.getUuid().toString();
  }

  /** UUID of our own member, empty for a client or before it is there. */
  String member() {
    HazelcastInstance now = instance;
    return isMember() && now != null && now.getLifecycleService().isRunning()
        ? id(now.getCluster().getLocalMember())
        : "";
  }

  /** Whether ours is the member that cleans up: the oldest one. */
  boolean oldest() {
    HazelcastInstance now = instance;
    if (!isMember() || now == null || !now.getLifecycleService().isRunning()) {
      return false;
    }
    Iterator<Member> members = now.getCluster().getMembers().iterator();
    return members.hasNext() && members.next().localMember();
  }

  /** Changes a stream's record where it lives; fails when that can't be reached. */
  CompletionStage<@Nullable StreamRecord> submit(
      StreamKey key, EntryProcessor<String, StreamRecord, StreamRecord> change) {
    IMap<String, StreamRecord> map = streams;
    return map == null ? unreachable() : guarded(() -> map.submitToKey(key.path(), change));
  }

  /** Writes an announcement that is ours. */
  CompletionStage<?> putAnnouncement(String name, AnnouncementRecord record) {
    IMap<String, AnnouncementRecord> map = announced;
    return map == null ? unreachable() : guarded(() -> map.setAsync(name, record));
  }

  /** Takes an announcement away that is ours, or that of a gateway that is gone. */
  CompletionStage<?> removeAnnouncement(String name) {
    IMap<String, AnnouncementRecord> map = announced;
    return map == null ? unreachable() : guarded(() -> map.removeAsync(name));
  }

  /** Writes our lease. */
  CompletionStage<@Nullable Void> renew(NodeRecord record) {
    IMap<String, NodeRecord> map = leases(record.info());
    return map == null ? unreachable() : guarded(() -> map.setAsync(record.info().id(), record));
  }

  /** Takes a lease away, unless it is one of a later life of the node. */
  CompletionStage<?> removeLease(NodeInfo node) {
    IMap<String, NodeRecord> map = leases(node);
    return map == null ? unreachable() : guarded(() -> map.submitToKey(node.id(), new UnleaseRequest(Incarnation.of(node))));
  }

  private @Nullable IMap<String, NodeRecord> leases(NodeInfo node) {
    return node.role() == NodeInfo.Role.ORIGIN ? origins : edges;
  }

  /** Reads all leases, and all streams and announcements if they are asked for. */
  CompletionStage<Contents> read(boolean streamsToo) {
    CompletableFuture<Contents> answer = new CompletableFuture<>();
    boolean accepted =
        onLink(
            () -> {
              try {
                answer.complete(readNow(streamsToo));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            0);
    return accepted ? answer : unreachable();
  }

  private Contents readNow(boolean streamsToo) {
    IMap<String, StreamRecord> streamMap = streams;
    IMap<String, NodeRecord> originMap = origins;
    IMap<String, NodeRecord> edgeMap = edges;
    IMap<String, AnnouncementRecord> announcedMap = announced;
    if (streamMap == null || announcedMap == null || originMap == null || edgeMap == null) {
      throw new IllegalStateException("the directory is out of reach");
    }
    List<NodeRecord> leases = new ArrayList<>(originMap.values());
    leases.addAll(edgeMap.values());
    return streamsToo
        ? new Contents(new ArrayList<>(streamMap.values()), new ArrayList<>(announcedMap.values()), leases)
        : new Contents(null, List.of(), leases);
  }

  private interface Call<T> {
    CompletionStage<T> make();
  }

  private static <T> CompletionStage<T> guarded(Call<T> call) {
    try {
      return call.make();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> CompletionStage<T> unreachable() {
    return CompletableFuture.failedFuture(new IllegalStateException("the directory is out of reach"));
  }

  private boolean onLink(Runnable task, long afterMs) {
    try {
      blocking.schedule(task, afterMs, TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Leaves the cluster, gracefully where that takes no longer than {@code boundMs}. Waits. */
  void close(long boundMs) {
    closing = true;
    Future<?> done = null;
    try {
      done = blocking.submit(this::shutdownNow);
      done.get(boundMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
      log.debug("leaving the cluster without a farewell", e);
      terminate();
    } catch (InterruptedException e) {
      terminate();
      Thread.currentThread().interrupt();
    } finally {
      blocking.shutdownNow();
    }
  }

  private void shutdownNow() {
    HazelcastInstance now = instance;
    if (now != null) {
      now.shutdown();
    }
  }

  /** Ends at once, as a killed process would. */
  void terminate() {
    closing = true;
    HazelcastInstance now = instance;
    if (now != null) {
      now.getLifecycleService().terminate();
    }
    blocking.shutdownNow();
  }
}
