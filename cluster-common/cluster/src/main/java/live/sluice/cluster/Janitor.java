package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.sluice.media.NodeInfo;

/**
 * Keeps the directory bounded; only the oldest origin does it, but for what each node remembers itself. Streams of an
 * owner that is gone are ended, what a gateway heard that is gone is taken away, its lease is taken away, and ended streams are forgotten after a time, or when there are
 * too many. Confined to the loop.
 */
final class Janitor {
  private static final long END_AFTER_MS = 10_000;
  private static final long UNLEASE_AFTER_MS = 60_000;
  private static final long REMEMBER_ENDED_MS = 3_600_000;
  private static final int MOST_ENDED = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_ANNOUNCEMENTS_AT_ONCE = 5_000;

  private final Parts parts;
  private final Announced announced;

  Janitor(Parts parts, Announced announced) {
    this.parts = parts;
    this.announced = announced;
  }

  /** Forgets nodes that are long gone and own nothing; every node does it for itself. */
  void forget(long now) {
    Set<String> needed = new HashSet<>();
    for (StreamRecord record : parts.view().allHeld()) {
      if (!record.ended()) {
        needed.add(record.owner().id());
      }
    }
    needed.addAll(announced.gateways());
    parts.leases().forgetGone(UNLEASE_AFTER_MS, now, needed);
  }

  /**
   * One round.
   *
   * @param now monotonic, in ms
   * @param wall wall clock in ms
   */
  void clean(long now, long wall) {
    for (NodeInfo gone : parts.leases().toUnlease(UNLEASE_AFTER_MS, now)) {
      parts
          .link()
          .removeLease(gone)
          .whenCompleteAsync(
              (done, failure) -> {
                if (failure == null) {
                  parts.leases().unleased(gone);
                }
              },
              parts.loop());
    }
    Set<Incarnation> gone = new HashSet<>();
    parts.leases().goneFor(END_AFTER_MS, now).forEach(node -> gone.add(Incarnation.of(node)));
    announced.toldBy(gone).stream()
        .limit(MOST_ANNOUNCEMENTS_AT_ONCE)
        .forEach(name -> parts.link().removeAnnouncement(name));
    List<StreamRecord> ended = new ArrayList<>();
    int changes = 0;
    for (StreamRecord record : parts.view().allHeld()) {
      if (record.ended()) {
        ended.add(record);
      } else if (gone.contains(Incarnation.of(record.owner())) && changes++ < MOST_AT_ONCE) {
        parts.link().submit(record.key(), EndRequest.of(record, wall));
      }
    }
    ended.sort(Comparator.comparingLong(StreamRecord::endedAt));
    int tooMany = ended.size() - MOST_ENDED;
    for (StreamRecord record : ended) {
      boolean old = wall - record.endedAt() > REMEMBER_ENDED_MS;
      if ((!old && tooMany-- <= 0) || changes++ >= MOST_AT_ONCE) {
        return;
      }
      parts.link().submit(record.key(), EndRequest.of(record, 0));
    }
  }
}
