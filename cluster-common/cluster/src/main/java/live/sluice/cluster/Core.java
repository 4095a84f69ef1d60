package live.sluice.cluster;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about its directory as time passes and news come, each in a part of its own: it renews its lease,
 * judges those of others, compares its view with the directory, and settles what it owns. All of it on the loop; the
 * events of the link and the calls of the directory's users are handed over to it.
 */
final class Core implements DirectoryEvents {
  private static final long CLEAN_EVERY_MS = 10_000;

  private final long renewalMs;
  private final Parts parts;
  private final Loop loop;
  private final Leases leases;
  final View view;
  final HazelcastLink link;
  final OwnLease lease;
  final Neighbours neighbours;
  final Claims claims;
  final Ownership ownership;
  final RouteTable routes;
  final OwnAnnouncements announcements;
  private final Announced announced;
  private final Comparison comparison;
  private final Janitor janitor;

  private boolean stopped;
  private long cleanAt;
  private long tickedAt;

  Core(ClusterSettings settings, NodeInfo self, InstantSource clock, NodeProbe probe, Loop loop, Fanout fanout) {
    long leaseMs = settings.lease().toMillis();
    this.renewalMs = settings.renewal().toMillis();
    this.loop = loop;
    this.leases = new Leases(leaseMs);
    this.routes = new RouteTable();
    this.view = new View(self, leases, routes, fanout);
    this.announced = new Announced(self, leases, routes, this::routesChanged);
    this.link = new HazelcastLink(settings, self, this);
    this.parts = new Parts(self, clock, loop, fanout, probe, leases, view, routes, link);
    this.lease = new OwnLease(parts, leaseMs, this::renewed);
    this.neighbours = new Neighbours(parts, announced, lease::connected);
    this.claims = new Claims(parts, settings.quorum());
    this.ownership = new Ownership(parts, claims, this::informed);
    this.announcements = new OwnAnnouncements(parts, announced, this::routesChanged);
    this.comparison = new Comparison(parts, lease, neighbours, ownership, announced, announcements);
    this.janitor = new Janitor(parts, announced);
  }

  void start() {
    link.start();
    loop.every(renewalMs, this::tick);
  }

  /** Whether the view is the directory's, as of lately. */
  private boolean informed() {
    return lease.connected() && comparison.done();
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
    lease.renew();
    lease.checkConnected();
    neighbours.healthChanged();
    ownership.settleAll();
    ownership.endGhosts();
    announcements.flush();
    comparison.beginIfDue(now);
    if (now >= cleanAt) {
      cleanAt = now + CLEAN_EVERY_MS;
      if (informed()) {
        janitor.forget(now);
        if (link.oldest()) {
          janitor.clean(now, parts.clock().millis());
        }
      }
    }
  }

  private void renewed(boolean back) {
    if (back) {
      comparison.outdated();
    }
    if (!comparison.done()) {
      comparison.begin();
    }
  }

  /** Gives up everything; the stage ends when the directory knows it. */
  CompletableFuture<@Nullable Void> stop() {
    stopped = true;
    claims.stop();
    List<CompletableFuture<?>> farewells = ownership.stop();
    farewells.add(link.removeLease(parts.self()).toCompletableFuture());
    return CompletableFuture.allOf(farewells.toArray(new CompletableFuture<?>[0]));
  }

  @Override
  public void up() {
    loop.execute(
        () -> {
          lease.setLinkUp(true);
          comparison.outdated();
          leases.restart(loop.now());
          comparison.unsteady();
          lease.renew();
        });
  }

  @Override
  public void down() {
    loop.execute(
        () -> {
          lease.setLinkUp(false);
          lease.checkConnected();
        });
  }

  @Override
  public void failed(Throwable cause) {
    lease.failed(cause);
  }

  @Override
  public void memberAdded(String member) {
    loop.execute(
        () -> {
          leases.memberAdded(member);
          comparison.membersChanged();
        });
  }

  @Override
  public void memberLeft(String member) {
    loop.execute(
        () -> {
          leases.memberLeft(member);
          neighbours.healthChanged();
          comparison.membersChanged();
        });
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
  public void announcementChanged(String name, @Nullable AnnouncementRecord record) {
    loop.execute(
        () -> {
          if (record == null) {
            announced.drop(name);
          } else {
            announced.hold(record, loop.now());
          }
          announcements.settle(name);
        });
  }

  /** What other regions say of a stream changed. On the loop. */
  private void routesChanged(StreamKey key) {
    parts.fanout().tell(listener -> listener.routesChanged(key));
    view.refresh(key, loop.now());
    ownership.settle(key);
    announcements.settle(key);
  }

  @Override
  public void originChanged(String id, @Nullable NodeRecord record) {
    loop.execute(
        () -> {
          boolean news;
          if (record != null) {
            news = neighbours.see(record, loop.now());
          } else {
            leases.removed(id);
            news = true;
          }
          if (news) {
            neighbours.healthChanged();
          }
        });
  }
}
