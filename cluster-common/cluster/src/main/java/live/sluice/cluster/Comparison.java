package live.sluice.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares our view with the whole of the directory: now and then, since edges' leases are only read and an event may be
 * lost, and often after members came or went. One at a time. Confined to the loop.
 */
final class Comparison {
  private static final long EVERY_MS = Leases.EDGES_READ_EVERY - 500;

  /** What reading streams and announcements may cost: so many ms between two readings for each of them. */
  private static final long STREAM_EVERY_MS = 5;

  /** How often, and for how long, views are compared after members came or went: a client has yet to listen to them. */
  private static final long UNSTEADY_EVERY_MS = 1_000;

  private static final long UNSTEADY_MS = 6_000;

  private final Parts parts;
  private final OwnLease lease;
  private final Neighbours neighbours;
  private final Ownership ownership;
  private final Announced announced;
  private final OwnAnnouncements announcements;
  private boolean done;
  private boolean running;
  private boolean again;
  private long dueAt;
  private long streamsDueAt;
  private long unsteadyUntil;

  Comparison(
      Parts parts,
      OwnLease lease,
      Neighbours neighbours,
      Ownership ownership,
      Announced announced,
      OwnAnnouncements announcements) {
    this.parts = parts;
    this.lease = lease;
    this.neighbours = neighbours;
    this.ownership = ownership;
    this.announced = announced;
    this.announcements = announcements;
  }

  /** Whether streams were compared since the directory was last out of reach. */
  boolean done() {
    return done;
  }

  /** The directory was out of reach: what is known of streams may be old. */
  void outdated() {
    done = false;
  }

  /** Members came or went, or will as the link is new: comparisons are frequent for a time. */
  void unsteady() {
    unsteadyUntil = parts.loop().now() + UNSTEADY_MS;
  }

  /** Members came or went: begins at once, with the streams. */
  void membersChanged() {
    unsteady();
    streamsDueAt = 0;
    if (lease.linkUp()) {
      begin();
    }
  }

  /** Begins where it is time to. */
  void beginIfDue(long now) {
    if (lease.linkUp() && now >= dueAt) {
      begin();
    }
  }

  /** Begins, now or after the one that runs. */
  void begin() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    boolean streamsToo = !done || parts.loop().now() >= streamsDueAt;
    long stamp = parts.view().stamp();
    long announcedStamp = announced.stamp();
    parts
        .link()
        .read(streamsToo)
        .whenCompleteAsync(
            (contents, failure) -> {
              running = false;
              long now = parts.loop().now();
              dueAt = now + UNSTEADY_EVERY_MS;
              if (contents != null && lease.linkUp()) {
                compareWith(contents, stamp, announcedStamp, now);
              }
              if (again && lease.linkUp()) {
                begin();
              }
            },
            parts.loop());
  }

  private void compareWith(HazelcastLink.Contents contents, long stamp, long announcedStamp, long now) {
    boolean steady = now >= unsteadyUntil;
    Set<String> ids = new HashSet<>();
    for (NodeRecord node : contents.nodes()) {
      ids.add(node.info().id());
      neighbours.see(node, now);
    }
    if (steady) {
      parts.leases().onlyEdges(ids);
      dueAt = now + EVERY_MS;
    }
    List<StreamRecord> streams = contents.streams();
    if (streams != null) {
      parts.view().compare(streams, stamp, now);
      announced.compare(contents.announced(), announcedStamp, now);
      announcements.settleAll();
      done = true;
      streamsDueAt = steady ? now + STREAM_EVERY_MS * (streams.size() + contents.announced().size()) : now;
    }
    neighbours.healthChanged();
    ownership.settleAll();
  }
}
