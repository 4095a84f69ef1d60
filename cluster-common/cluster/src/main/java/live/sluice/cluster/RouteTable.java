package live.sluice.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * The ways to streams of other regions: for each stream all that was announced of it, the best first. Changes come from
 * one thread at a time; what is for all threads says so.
 */
final class RouteTable {
  /** Most announcements. */
  static final int MOST = 100_000;

  /** Streams that were announced and are no more, whose epochs are remembered. */
  private static final int MOST_MARKS = 10_000;

  private static final int MOST_COMMON = 20_000;

  /** One source's announcement of a stream. */
  private record Candidate(String source, Announcement announcement) {}

  /** The highest epoch and discontinuity sequence that a stream was ever announced with. */
  private record Mark(long epoch, long discontinuity) {}

  private final Map<StreamKey, List<Candidate>> candidates = new HashMap<>();
  private final Map<StreamKey, List<Announcement>> shown = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  // Nodes and paths that many announcements have, each kept once: they are most of what an announcement weighs.
  private final Map<Object, Object> common = new HashMap<>();

  private final Map<StreamKey, Mark> marks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamKey, Mark> eldest) {
          return size() > MOST_MARKS;
        }
      };

  /** Takes what a source says, {@link #lean}, in place of what it said before; says whether the routes changed. */
  boolean put(String source, Announcement announcement) {
    StreamKey key = announcement.entry().key();
    List<Candidate> all = candidates.computeIfAbsent(key, k -> new ArrayList<>(2));
    if (!all.removeIf(candidate -> candidate.source().equals(source))) {
      size.incrementAndGet();
    }
    all.add(new Candidate(source, announcement));
    return show(key, all);
  }

  /** Forgets what a source said; says whether the routes changed. */
  boolean remove(StreamKey key, String source) {
    List<Candidate> all = candidates.get(key);
    if (all == null) {
      return false;
    }
    for (Candidate candidate : all) {
      if (candidate.source().equals(source)) {
        mark(candidate.announcement().entry());
        size.decrementAndGet();
      }
    }
    all.removeIf(candidate -> candidate.source().equals(source));
    if (all.isEmpty()) {
      candidates.remove(key);
    }
    return show(key, all);
  }

  private void mark(StreamEntry entry) {
    Mark before = marks.remove(entry.key());
    marks.put(
        entry.key(),
        new Mark(
            Math.max(entry.epoch(), before == null ? 0 : before.epoch()),
            Math.max(entry.discontinuitySequence(), before == null ? -1 : before.discontinuity())));
  }

  private boolean show(StreamKey key, List<Candidate> all) {
    List<Announcement> next = new ArrayList<>(all.size());
    for (Candidate candidate : all) {
      next.add(candidate.announcement());
    }
    next.sort(Announcement.BEST_FIRST);
    // Two gateways hear the same: the puller that failed by it once need not try it again.
    for (int i = next.size() - 1; i > 0; i--) {
      Announcement later = next.get(i);
      if (next.subList(0, i).stream().anyMatch(later::sameWay)) {
        next.remove(i);
      }
    }
    List<Announcement> routes = List.copyOf(next);
    List<Announcement> before = routes.isEmpty() ? shown.remove(key) : shown.put(key, routes);
    return !routes.equals(before == null ? List.of() : before);
  }

  /** The same with what many announcements have in common shared between them. */
  Announcement lean(Announcement said) {
    StreamEntry entry = said.entry();
    NodeInfo owner = once(entry.owner());
    StreamEntry lean =
        new StreamEntry(entry.key(), owner, entry.epoch(), entry.discontinuitySequence(), once(entry.codecs()));
    return new Announcement(lean, once(said.from()), once(said.path()), said.cost());
  }

  /** An equal one that is kept already, where there is one. */
  @SuppressWarnings("unchecked") // what is equal to a T of these classes is one
  <T> T once(T value) {
    if (common.size() > MOST_COMMON) {
      common.clear();
    }
    return (T) common.computeIfAbsent(value, v -> v);
  }

  /** How many announcements there are. From any thread. */
  int size() {
    return size.get();
  }

  /** Whether there is room for it, or it takes the place of one. From any thread, so that a few more may get in. */
  boolean takes(Announcement announcement) {
    if (size() < MOST) {
      return true;
    }
    for (Announcement present : routes(announcement.entry().key())) {
      if (present.neighbour().equals(announcement.neighbour())) {
        return true;
      }
    }
    return false;
  }

  /** The ways to a stream, the best first. From any thread. */
  List<Announcement> routes(StreamKey key) {
    return shown.getOrDefault(key, List.of());
  }

  /** The stream's true entry among those announced. From any thread. */
  @Nullable StreamEntry best(StreamKey key) {
    List<Announcement> routes = shown.get(key);
    return routes == null ? null : routes.getFirst().entry();
  }

  /** All ways to all streams. From any thread. */
  Collection<Announcement> all() {
    List<Announcement> all = new ArrayList<>(size());
    shown.values().forEach(all::addAll);
    return all;
  }

  /** The highest epoch that the stream is or was announced with, 0 for none. */
  long highEpoch(StreamKey key) {
    Mark mark = marks.get(key);
    long high = mark == null ? 0 : mark.epoch();
    for (Candidate candidate : candidates.getOrDefault(key, List.of())) {
      high = Math.max(high, candidate.announcement().entry().epoch());
    }
    return high;
  }

  /** The highest discontinuity sequence that the stream is or was announced with, -1 for none. */
  long highDiscontinuity(StreamKey key) {
    Mark mark = marks.get(key);
    long high = mark == null ? -1 : mark.discontinuity();
    for (Candidate candidate : candidates.getOrDefault(key, List.of())) {
      high = Math.max(high, candidate.announcement().entry().discontinuitySequence());
    }
    return high;
  }
}
