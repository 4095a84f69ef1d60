package live.sluice.container.hls;

import java.time.Duration;

/**
 * How streams are cut into segments, and what is kept of them.
 *
 * @param target duration of a segment, where the publisher's keyframes allow it; at least 1 s, since media sequences of
 *     a new owner begin at the clock in seconds and must be ahead of the one before
 * @param longest a segment is cut between keyframes when it reaches this; at least {@code target}
 * @param window how many segments a playlist lists; at least 3
 * @param extra how many segments stay after they left the playlist: a playlist that lists them may still be in a cache
 * @param maxBytes most bytes of memory that the segments of a stream take; beyond it the oldest go, listed or not
 * @param keep how long the segments of a stream stay after its source ended, so that another one continues the playlist
 * @param maxKept most streams whose source ended that are kept
 * @param maxTotalBytes bytes of memory that the segments of all streams of a node may take; beyond it streams whose
 *     source ended go, then old segments of the streams that take the most
 */
public record HlsSettings(
    Duration target,
    Duration longest,
    int window,
    int extra,
    long maxBytes,
    Duration keep,
    int maxKept,
    long maxTotalBytes) {
  private static final Duration SHORTEST_TARGET = Duration.ofSeconds(1);
  private static final long LEAST_BYTES = 1 << 20;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when one is not kept
   */
  public HlsSettings {
    check(target.compareTo(SHORTEST_TARGET) >= 0, "the target duration of HLS segments must be 1 s or more");
    check(longest.compareTo(target) >= 0, "the longest HLS segment can't be shorter than the target duration");
    check(window >= 3, "an HLS playlist lists 3 segments or more");
    check(extra >= 0 && maxKept >= 0, "a number of HLS segments or streams can't be negative");
    check(maxBytes >= LEAST_BYTES, "a stream's HLS segments need 1 MiB or more");
    check(maxTotalBytes >= LEAST_BYTES, "the HLS segments of all streams need 1 MiB or more");
    check(!keep.isNegative(), "HLS segments can't be kept for a negative time");
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Segments of 2 s, 4 s at most, 6 of them listed. */
  public static HlsSettings defaults() {
    return new HlsSettings(
        Duration.ofSeconds(2), Duration.ofSeconds(4), 6, 8, 128 << 20, Duration.ofMinutes(2), 256, 512 << 20);
  }

  /** One segment must leave room for others. */
  long maxSegmentBytes() {
    return maxBytes / 8;
  }
}
