package live.sluice.container.hls;

import io.netty.util.IllegalReferenceCountException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a stream that can be had: the newest ones, which the playlist lists, and some older ones, which it listed
 * not long ago. One thread at a time changes it; what is for all threads says so.
 */
final class SegmentWindow {
  private final HlsSettings settings;
  private final Deque<HlsSegment> segments = new ArrayDeque<>();
  private final Map<HlsSegmentName, HlsSegment> byName = new ConcurrentHashMap<>();

  /** The newest ones, that are listed. */
  private int listed;

  private volatile long memory;

  SegmentWindow(HlsSettings settings) {
    this.settings = settings;
  }

  /** Bytes that all of them take. From any thread. */
  long memory() {
    return memory;
  }

  /** Takes over a segment, which is listed. */
  void add(HlsSegment segment) {
    segments.addLast(segment);
    byName.put(segment.name(), segment);
    long bytes = memory + segment.memory();
    listed = Math.min(listed + 1, settings.window());
    while (segments.size() > listed + settings.extra() || (bytes > settings.maxBytes() && segments.size() > 1)) {
      bytes -= dropOldest();
    }
    memory = bytes;
    listed = Math.min(listed, segments.size());
  }

  /** Drops the oldest ones until {@code count} are left; says whether any went that was listed. */
  boolean keepNewest(int count) {
    long bytes = memory;
    while (segments.size() > count) {
      bytes -= dropOldest();
    }
    memory = bytes;
    boolean shorter = listed > segments.size();
    listed = Math.min(listed, segments.size());
    return shorter;
  }

  private int dropOldest() {
    HlsSegment oldest = segments.removeFirst();
    byName.remove(oldest.name());
    int bytes = oldest.memory();
    oldest.release();
    return bytes;
  }

  /** No playlist lists what is here now any more. */
  void unlist() {
    listed = 0;
  }

  /** What the playlist lists, the oldest first; borrowed. */
  List<HlsSegment> listed() {
    List<HlsSegment> all = new ArrayList<>(listed);
    int skip = segments.size() - listed;
    for (HlsSegment segment : segments) {
      if (skip-- <= 0) {
        all.add(segment);
      }
    }
    return all;
  }

  boolean hasListed() {
    return listed > 0;
  }

  /** The segment of that name, retained for the caller; null where there is none. From any thread. */
  @Nullable HlsSegment find(HlsSegmentName name) {
    HlsSegment segment = byName.get(name);
    if (segment == null) {
      return null;
    }
    try {
      return segment.retain();
    } catch (IllegalReferenceCountException gone) {
      return null; // it left the window after it was found
    }
  }

  void clear() {
    byName.clear();
    segments.forEach(HlsSegment::release);
    segments.clear();
    listed = 0;
    memory = 0;
  }
}
