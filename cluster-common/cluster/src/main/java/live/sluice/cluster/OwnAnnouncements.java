package live.sluice.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import live.sluice.media.Announcement;
import live.sluice.media.StreamKey;

/**
 * What this node heard of other regions, as one of the region's gateways: shown here at once, and written to the
 * directory, again and again where that is out of reach or lost it. Confined to the loop.
 */
final class OwnAnnouncements {
  /** Writes under way at a time. */
  private static final int MOST_UNDER_WAY = 256;

  private final Parts parts;
  private final Announced announced;
  private final Consumer<StreamKey> changed;
  private final Map<String, AnnouncementRecord> mine = new HashMap<>();

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
  void announce(Announcement announcement) {
    AnnouncementRecord record = new AnnouncementRecord(parts.self(), ++revisions, announcement);
    String name = record.name();
    AnnouncementRecord before = mine.get(name);
    if (before != null && before.announcement().equals(announcement)) {
      return;
    }
    mine.put(name, record);
    unsettled.add(name);
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
      unsettled.add(name);
      StreamKey key = record.announcement().entry().key();
      if (parts.routes().remove(key, name)) {
        changed.accept(key);
      }
    }
  }

  /** The directory says something else of what stands under that name, or may. */
  void settle(String name) {
    AnnouncementRecord said = announced.held(name);
    AnnouncementRecord own = mine.get(name);
    boolean inOurName = said != null && said.gateway().id().equals(parts.self().id());
    if (own == null ? inOurName : !own.equals(said)) {
      unsettled.add(name);
    } else if (!underWay.contains(name)) {
      unsettled.remove(name);
    }
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
    AnnouncementRecord record = mine.get(name);
    underWay.add(name);
    CompletionStage<?> written =
        record == null ? parts.link().removeAnnouncement(name) : parts.link().putAnnouncement(name, record);
    written.whenCompleteAsync(
        (done, failure) -> {
          underWay.remove(name);
          if (failure == null) {
            if (record == mine.get(name)) {
              unsettled.remove(name);
            }
            flush();
          }
        },
        parts.loop());
  }
}
