package live.sluice.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import live.sluice.media.Announcement;
import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * What this node heard of other regions, as one of the region's gateways: shown here at once, and written to the
 * directory, again and again where that is out of reach or lost it. Of many ways to one stream only the best are written,
 * since where all regions are linked each of them announces a stream on. Confined to the loop.
 */
final class OwnAnnouncements {
  /** Writes under way at a time. */
  private static final int MOST_UNDER_WAY = 256;

  /** Ways to one stream that the region is told of: the best, and what is left when a region or a link is lost. */
  private static final int MOST_WAYS = 3;

  private final Parts parts;
  private final Announced announced;
  private final Consumer<StreamKey> changed;
  private final Map<String, AnnouncementRecord> mine = new HashMap<>();
  private final Map<StreamKey, Set<String>> byStream = new HashMap<>();

  // Names under which the directory may have something else than we do.
  private final Set<String> unsettled = new LinkedHashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private long revisions;

  OwnAnnouncements(Parts parts, Announced announced, Consumer<StreamKey> changed) {
    this.parts = parts;
    this.announced = announced;
    this.changed = changed;
  }

  /** See {@link RegionDirectory#announce}; bounds were checked. */
  void announce(Announcement heard) {
    Announcement announcement = parts.routes().lean(heard);
    AnnouncementRecord record = new AnnouncementRecord(parts.self(), ++revisions, announcement);
    String name = record.name();
    AnnouncementRecord before = mine.get(name);
    if (before != null && before.announcement().equals(announcement)) {
      return;
    }
    mine.put(name, record);
    byStream.computeIfAbsent(announcement.entry().key(), key -> new HashSet<>(2)).add(name);
    settle(name);
    if (parts.routes().put(name, announcement)) {
      changed.accept(announcement.entry().key());
    }
    flush();
  }

  /** See {@link RegionDirectory#withdraw}. */
  void withdraw(StreamKey key, String neighbour) {
    withdraw(AnnouncementRecord.name(key, parts.self().id(), neighbour));
    flush();
  }

  /** See {@link RegionDirectory#withdrawAll}. */
  void withdrawAll(String neighbour) {
    for (AnnouncementRecord record : new ArrayList<>(mine.values())) {
      if (record.announcement().neighbour().equals(neighbour)) {
        withdraw(record.name());
      }
    }
    flush();
  }

  private void withdraw(String name) {
    AnnouncementRecord record = mine.remove(name);
    if (record != null) {
      // Whether it was written is not known for sure: word of that may be under way.
      unsettled.add(name);
      StreamKey key = record.announcement().entry().key();
      byStream.computeIfPresent(key, (k, names) -> names.remove(name) && names.isEmpty() ? null : names);
      if (parts.routes().remove(key, name)) {
        changed.accept(key);
      }
    }
  }

  /** The directory says something else of what stands under that name, or may. */
  void settle(String name) {
    AnnouncementRecord said = announced.held(name);
    AnnouncementRecord own = wanted(name);
    boolean inOurName = said != null && said.gateway().id().equals(parts.self().id());
    if (own == null ? inOurName : !own.equals(said)) {
      unsettled.add(name);
    } else if (!underWay.contains(name)) {
      unsettled.remove(name);
    }
  }

  /** The routes to a stream changed: other ways of ours may be among the best now. */
  void settle(StreamKey key) {
    byStream.getOrDefault(key, Set.of()).forEach(this::settle);
  }

  /** What should stand under that name; null for nothing. */
  private @Nullable AnnouncementRecord wanted(String name) {
    AnnouncementRecord record = mine.get(name);
    if (record == null) {
      return null;
    }
    List<Announcement> routes = parts.routes().routes(record.announcement().entry().key());
    for (int rank = MOST_WAYS; rank < routes.size(); rank++) {
      if (routes.get(rank).sameWay(record.announcement())) {
        return null;
      }
    }
    return record;
  }

  /** Compares all, after the directory was read. */
  void settleAll() {
    mine.keySet().forEach(this::settle);
    announced.own().forEach(record -> settle(record.name()));
    flush();
  }

  /** Writes what is to be written, as much of it as may be under way. */
  void flush() {
    if (!parts.link().within()) {
      return;
    }
    List<String> next = new ArrayList<>();
    for (String name : unsettled) {
      if (underWay.size() + next.size() >= MOST_UNDER_WAY) {
        break;
      }
      if (!underWay.contains(name)) {
        next.add(name);
      }
    }
    next.forEach(this::write);
  }

  private void write(String name) {
    AnnouncementRecord record = wanted(name);
    underWay.add(name);
    CompletionStage<?> written =
        record == null ? parts.link().removeAnnouncement(name) : parts.link().putAnnouncement(name, record);
    written.whenCompleteAsync(
        (done, failure) -> {
          underWay.remove(name);
          if (failure == null) {
            if (Objects.equals(record, wanted(name))) {
              unsettled.remove(name);
            }
            flush();
          }
        },
        parts.loop());
  }
}
