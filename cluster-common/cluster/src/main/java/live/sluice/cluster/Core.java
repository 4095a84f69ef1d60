package live.sluice.cluster;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does about its directory as time passes and news come: it renews its lease, judges those of others,
 * and compares its view with the directory. All of it on the loop; the events of the link and the
 * calls of the directory's users are handed over to it.
 */
final class Core implements DirectoryEvents {
  private static final Logger log = LoggerFactory.getLogger(Core.class);

  private static final long COMPARE_EVERY_MS = Leases.EDGES_READ_EVERY - 500;

  /** What reading the streams may cost: so many ms between two readings for each of them. */
  private static final long STREAM_EVERY_MS = 5;
  private static final long CLEAN_EVERY_MS = 10_000;

  /** How often, and for how long, views are compared after members came or went: a client has yet to listen to them. */
  private static final long UNSTEADY_EVERY_MS = 1_000;

  private static final long UNSTEADY_MS = 6_000;

  private final NodeInfo self;
  private final long renewalMs;
  private final long leaseMs;
  private final InstantSource clock;
  private final NodeProbe probe;
  private final Loop loop;
  private final Fanout fanout;
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

  final Leases leases;
  final View view;
  final HazelcastLink link;
  final Claims claims;
  final Ownership ownership;
  private final Janitor janitor;

  volatile int streams;
  volatile int players;
  private volatile boolean connected;
  private volatile List<NodeStatus> others = List.of();

  private boolean linkUp;
  private boolean compared;
  private boolean comparing;
  private boolean compareAgain;
  private boolean stopped;
  private boolean nameTold;
  private long compareAt;
  private long compareStreamsAt;
  private long unsteadyUntil;
  private long cleanAt;
  private long renewals;
  private long renewedAt;
  private long tickedAt;

  Core(ClusterSettings settings, NodeInfo self, InstantSource clock, NodeProbe probe, Loop loop, Fanout fanout) {
    this.self = self;
    this.renewalMs = settings.renewal().toMillis();
    this.leaseMs = settings.lease().toMillis();
    this.clock = clock;
    this.probe = probe;
    this.loop = loop;
    this.fanout = fanout;
    this.leases = new Leases(leaseMs);
    this.view = new View(self, leases, fanout);
    this.link = new HazelcastLink(settings, self, this);
    this.claims = new Claims(self, settings.quorum(), clock, loop, fanout, view, leases, link, probe);
    this.ownership =
        new Ownership(self, clock, loop, fanout, view, leases, link, claims, () -> connected && compared);
    this.janitor = new Janitor(view, leases, link, loop);
  }

  CompletableFuture<@Nullable Void> ready() {
    return ready;
  }

  boolean connected() {
    return connected;
  }

  /** The live nodes but for this one; from any thread. */
  List<NodeStatus> others() {
    return others;
  }

  void start() {
    link.start();
    loop.every(renewalMs, this::tick);
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long now = loop.now();
    if (tickedAt != 0 && now - tickedAt > renewalMs + 2_000) {
      // We stood still ourselves (a suspended machine, a long collection): the others' renewals wait in our queue.
      leases.restart(now);
    }
    tickedAt = now;
    renew();
    checkConnected();
    healthChanged();
    ownership.settleAll();
    ownership.endGhosts();
    if (linkUp && now >= compareAt) {
      compare();
    }
    if (now >= cleanAt) {
      cleanAt = now + CLEAN_EVERY_MS;
      if (connected && compared) {
        janitor.forget(now);
        if (link.oldest()) {
          janitor.clean(now, clock.millis());
        }
      }
    }
  }

  private void renew() {
    if (!linkUp) {
      return;
    }
    long sent = loop.now();
    NodeRecord record =
        new NodeRecord(self, link.member(), ++renewals, clock.millis() + leaseMs, streams, players);
    link.renew(record)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null && linkUp && sent > renewedAt) {
                renewed(sent);
              }
            },
            loop);
  }

  private void renewed(long sent) {
    renewedAt = sent;
    if (!connected) {
      leases.restart(loop.now());
      compared = false;
    }
    leases.healthy(sent);
    checkConnected();
    if (!compared) {
      compare();
    }
  }

  private void checkConnected() {
    boolean now = linkUp && renewedAt != 0 && loop.now() - renewedAt < leaseMs;
    if (now == connected) {
      return;
    }
    connected = now;
    if (!now) {
      log.warn("directory lost: known streams play on, publishes are granted from the local view and settled later");
    } else if (ready.complete(null)) {
      log.info("directory joined");
    } else {
      log.info("directory back");
    }
    fanout.tell(listener -> listener.nodesChanged());
  }

  private void healthChanged() {
    long now = loop.now();
    view.refreshAll(now);
    List<NodeStatus> before = others;
    List<NodeStatus> next = leases.statuses();
    others = next;
    if (!infos(before).equals(infos(next))) {
      fanout.tell(listener -> listener.nodesChanged());
    }
    if (!connected) {
      return;
    }
    for (NodeInfo node : leases.toProbe(now)) {
      Thread.ofVirtual()
          .start(
              () -> {
                boolean reachable = probe.reachable(node);
                loop.execute(
                    () -> {
                      leases.probed(node, reachable);
                      healthChanged();
                    });
              });
    }
  }

  private static Set<NodeInfo> infos(List<NodeStatus> nodes) {
    Set<NodeInfo> infos = new HashSet<>();
    nodes.forEach(node -> infos.add(node.info()));
    return infos;
  }

  private void compare() {
    if (comparing) {
      compareAgain = true;
      return;
    }
    comparing = true;
    compareAgain = false;
    boolean streamsToo = !compared || loop.now() >= compareStreamsAt;
    long stamp = view.stamp();
    link.read(streamsToo)
        .whenCompleteAsync(
            (contents, failure) -> {
              comparing = false;
              long now = loop.now();
              compareAt = now + UNSTEADY_EVERY_MS;
              if (contents != null && linkUp) {
                compareWith(contents, stamp, now);
              }
              if (compareAgain && linkUp) {
                compare();
              }
            },
            loop);
  }

  private void compareWith(HazelcastLink.Contents contents, long stamp, long now) {
    boolean steady = now >= unsteadyUntil;
    Set<String> ids = new HashSet<>();
    for (NodeRecord node : contents.nodes()) {
      ids.add(node.info().id());
      see(node, now);
    }
    if (steady) {
      leases.onlyEdges(ids);
      compareAt = now + COMPARE_EVERY_MS;
    }
    List<StreamRecord> all = contents.streams();
    if (all != null) {
      view.compare(all, stamp, now);
      compared = true;
      compareStreamsAt = steady ? now + STREAM_EVERY_MS * all.size() : now;
    }
    healthChanged();
    ownership.settleAll();
  }

  private boolean see(NodeRecord node, long now) {
    NodeInfo info = node.info();
    if (!info.id().equals(self.id())) {
      return leases.seen(node, now);
    }
    if (info.incarnation() > self.incarnation() && !nameTold) {
      nameTold = true;
      log.error("another node calls itself '{}' too ({}): names must be unique", self.id(), info.host());
    }
    return false;
  }

  /** Gives up everything; the stage ends when the directory knows it. */
  CompletableFuture<@Nullable Void> stop() {
    stopped = true;
    claims.stop();
    List<CompletableFuture<?>> farewells = ownership.stop();
    farewells.add(link.removeLease(self).toCompletableFuture());
    return CompletableFuture.allOf(farewells.toArray(new CompletableFuture<?>[0]));
  }

  @Override
  public void up() {
    loop.execute(
        () -> {
          linkUp = true;
          compared = false;
          leases.restart(loop.now());
          unsteadyUntil = loop.now() + UNSTEADY_MS;
          renew();
        });
  }

  @Override
  public void down() {
    loop.execute(
        () -> {
          linkUp = false;
          checkConnected();
        });
  }

  @Override
  public void failed(Throwable cause) {
    if (ready.completeExceptionally(cause)) {
      log.error("the cluster can't be joined, it is tried again: {}", SluiceException.chainOf(cause));
    }
  }

  @Override
  public void memberAdded(String member) {
    loop.execute(
        () -> {
          leases.memberAdded(member);
          compareSoon();
        });
  }

  @Override
  public void memberLeft(String member) {
    loop.execute(
        () -> {
          leases.memberLeft(member);
          healthChanged();
          compareSoon();
        });
  }

  private void compareSoon() {
    unsteadyUntil = loop.now() + UNSTEADY_MS;
    compareStreamsAt = 0;
    if (linkUp) {
      compare();
    }
  }

  @Override
  public void streamChanged(StreamKey key, @Nullable StreamRecord record) {
    loop.execute(
        () -> {
          long now = loop.now();
          if (record == null) {
            view.drop(key, now);
          } else {
            view.hold(record, now);
          }
          ownership.settle(key);
        });
  }

  @Override
  public void originChanged(String id, @Nullable NodeRecord record) {
    loop.execute(
        () -> {
          boolean news;
          if (record != null) {
            news = see(record, loop.now());
          } else {
            leases.removed(id);
            news = true;
          }
          if (news) {
            healthChanged();
          }
        });
  }
}
