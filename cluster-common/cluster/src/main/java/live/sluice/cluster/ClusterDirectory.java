package live.sluice.cluster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream directory of a region, over Hazelcast: an origin embeds a data member, an edge is a client. It works at
 * once, from an empty local view, while the cluster is joined in the background; it goes on from its view when the
 * cluster is lost, and settles what was granted meanwhile when it is back.
 *
 * <p>Thread-safe. Listeners are called, and answers to claims given, on one thread of the directory's own, in order.
 * {@link Listener#ownershipLost} is told when another node wins, not when this node takes a stream over from itself.
 */
public final class ClusterDirectory implements RegionDirectory, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClusterDirectory.class);

  /** How long {@link #close} waits for the cluster to hear of it, and then for the member to leave, in ms. */
  private static final long FAREWELL_MS = 1_500;

  private static final long LEAVE_MS = 4_000;

  private final NodeInfo self;
  private final Fanout fanout;
  private final Loop loop;
  private final Core core;
  private final AtomicBoolean nameTold = new AtomicBoolean();
  private final AtomicBoolean fullTold = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private ClusterDirectory(ClusterSettings settings, NodeInfo self, InstantSource clock, NodeProbe probe) {
    this.self = self;
    this.fanout = new Fanout(self.id());
    this.loop = new Loop(self.id());
    this.core = new Core(settings, self, clock, probe, loop, fanout);
  }

  /**
   * Starts to join, and returns at once.
   *
   * @param self this node as others are to see it; its role decides between member and client
   * @param clock the wall clock of epochs; what is measured is measured on the monotonic clock
   */
  public static ClusterDirectory start(ClusterSettings settings, NodeInfo self, InstantSource clock) {
    return start(settings, self, clock, NodeProbe::overHttp);
  }

  static ClusterDirectory start(ClusterSettings settings, NodeInfo self, InstantSource clock, NodeProbe probe) {
    ClusterDirectory directory = new ClusterDirectory(settings, self, clock, probe);
    directory.core.start();
    return directory;
  }

  /**
   * Ends when the directory is within reach for the first time: a second or two for a member, and for a client as long
   * as no origin is there. Fails when a member can't start, for instance because a port is taken; it is tried again even
   * so. Completed on the directory's thread: do not block there.
   */
  public CompletionStage<@Nullable Void> ready() {
    return core.lease.ready();
  }

  @Override
  public CompletionStage<Claim> claim(StreamKey key, boolean takeOver) {
    CompletableFuture<Claim> answer = new CompletableFuture<>();
    if (closed.get() || !loop.offer(() -> core.claims.add(key, takeOver, answer))) {
      answer.complete(Claims.stopping());
    }
    return answer;
  }

  @Override
  public void describe(StreamEntry mine) {
    loop.execute(() -> core.ownership.describe(mine));
  }

  @Override
  public void release(StreamEntry mine) {
    loop.execute(() -> core.ownership.release(mine));
  }

  @Override
  public @Nullable StreamEntry lookup(StreamKey key) {
    return core.view.lookup(key);
  }

  @Override
  public List<Announcement> routes(StreamKey key) {
    return core.routes.routes(key);
  }

  @Override
  public boolean announce(Announcement announcement) {
    boolean taken =
        !announcement.path().contains(self.region())
            && hasRoomFor(announcement)
            && hasNameOfItsOwn(announcement.entry().owner());
    if (taken) {
      loop.execute(() -> core.announcements.announce(announcement));
    }
    return taken;
  }

  private boolean hasRoomFor(Announcement announcement) {
    boolean room = core.routes.takes(announcement);
    if (!room && fullTold.compareAndSet(false, true)) {
      log.warn("further streams of other regions are left out: {} announcements are kept", MOST_ANNOUNCEMENTS);
    }
    return room;
  }

  /** Of two publishers at once the greater (epoch, node id) wins: two nodes of one name could not tell. */
  private boolean hasNameOfItsOwn(NodeInfo owner) {
    boolean taken = owner.id().equals(self.id());
    for (NodeStatus status : core.neighbours.all()) {
      taken |= owner.id().equals(status.info().id());
    }
    if (taken && nameTold.compareAndSet(false, true)) {
      log.error(
          "a node of region {} is called '{}', as one of this region is: its streams are left out, for names must be"
              + " unique in all regions",
          owner.region(), owner.id());
    }
    return !taken;
  }

  @Override
  public void withdraw(StreamKey key, String neighbour) {
    loop.execute(() -> core.announcements.withdraw(key, neighbour));
  }

  @Override
  public void withdrawAll(String neighbour) {
    loop.execute(() -> core.announcements.withdrawAll(neighbour));
  }

  @Override
  public Collection<Announcement> announcements() {
    return core.routes.all();
  }

  @Override
  public Collection<StreamEntry> entries() {
    return core.view.entries();
  }

  @Override
  public Collection<NodeInfo> nodes() {
    List<NodeInfo> nodes = new ArrayList<>();
    statuses().forEach(status -> nodes.add(status.info()));
    return nodes;
  }

  /** All live nodes with what they carry, this one included; others' loads are as of their last renewal. */
  public Collection<NodeStatus> statuses() {
    List<NodeStatus> all = new ArrayList<>(core.neighbours.all());
    all.add(core.lease.status());
    return all;
  }

  /** Tells what this node carries; it is published with the next renewal. */
  public void setLoad(int streams, int players) {
    core.lease.setLoad(streams, players);
  }

  @Override
  public boolean connected() {
    return core.lease.connected();
  }

  @Override
  public void addListener(Listener listener) {
    fanout.add(listener);
  }

  /** Releases what is owned, gives up the lease and leaves the cluster. Waits, for at most about six seconds. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
    loop.execute(() -> core.stop().whenComplete((done, failure) -> told.complete(null)));
    try {
      told.get(FAREWELL_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.debug("the cluster did not hear of the end of this node; its lease will run out", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.close();
    core.link.close(LEAVE_MS);
    fanout.close();
  }

  /** Ends at once, as a killed process would: for tests. */
  void terminate() {
    closed.set(true);
    loop.close();
    core.link.terminate();
    fanout.close();
  }
}
