package live.sluice.bench.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What players measured.
 *
 * @param seconds how long it was measured, ramp and warm-up left out
 * @param players how many there were
 * @param played how many of them were ever sent media
 * @param failed never came to play
 * @param disconnected came to play, and were cut off
 * @param reasons of failures and disconnects, with how many clients gave each
 * @param bytes from the sockets, headers of protocols included
 * @param leastClientBytes of the client with the fewest
 * @param joinMs from the request to the first frame
 * @param joinKeyframeMs from the request to the first whole keyframe
 * @param stalls when media was more than the bound behind the wall, in sum over all players but slow ones
 * @param gaps of timestamps between two frames of a track
 * @param gapsWithoutKeyframe gaps of pictures that did not go on with a keyframe
 * @param stepsBack of timestamps
 * @param latencyMs from the publisher's clock to the last byte of the frame; slow players are left out
 * @param worstClientP99Ms the greatest 99th percentile of a single player; 0 without any
 * @param packets where the protocol has packets
 * @param delivered which packets came in time, where that was asked
 * @param slow those that stopped reading
 */
public record PlaySummary(
    double seconds,
    int players,
    int played,
    int failed,
    int disconnected,
    Map<String, Integer> reasons,
    long bytes,
    double megabitsPerSecond,
    long leastClientBytes,
    long frames,
    Distribution joinMs,
    Distribution joinKeyframeMs,
    Stalls stalls,
    long gaps,
    long gapsWithoutKeyframe,
    long stepsBack,
    Distribution latencyMs,
    double worstClientP99Ms,
    @Nullable Packets packets,
    @Nullable Delivered delivered,
    @Nullable Slow slow) {

  /** Stalls: how many, how long in sum, and how many players saw one. */
  public record Stalls(long count, double totalMs, int players) {}

  /**
   * Packets of media, in sum over all players.
   *
   * @param received each once
   * @param lost that had not come when later ones had, those that were only overtaken left out
   * @param lostPercent of all that should have come
   * @param recovered of the lost ones those that came after they were asked for
   * @param reordered that were overtaken
   * @param duplicates that came once more
   * @param rejected that were not authentic, or nothing that was agreed on
   * @param brokenPictures pictures that never came whole
   * @param nacked packets that were asked for again
   * @param keyframeRequests by players that lost too much
   * @param gcm players whose packets AES-GCM protects, whenever they came
   */
  public record Packets(
      long received,
      long lost,
      double lostPercent,
      long recovered,
      long reordered,
      long duplicates,
      long rejected,
      long brokenPictures,
      long nacked,
      long keyframeRequests,
      int gcm) {}

  /**
   * Which packets came in time.
   *
   * @param pictureDeadlineMs how late those of pictures might be
   * @param soundDeadlineMs how late those of sound might be
   */
  public record Delivered(
      double pictureDeadlineMs, double soundDeadlineMs, PacketsInTime pictures, PacketsInTime sound) {}

  /**
   * Packets of pictures, or of sound, in sum over all players.
   *
   * @param expected that should have come, by their numbers
   * @param received that came, be it late
   * @param inTime that came before their deadline
   * @param latencyMs of those that came, from the publisher's clock to their arrival
   */
  public record PacketsInTime(long expected, long received, long inTime, Distribution latencyMs) {}

  /**
   * Players that stopped reading for a time.
   *
   * @param players how many
   * @param stalled how many of them stalled
   * @param gaps what they lost
   * @param resumedAtKeyframe whether each gap of pictures went on with a keyframe
   * @param latencyMs of their frames, those that waited for them included
   */
  public record Slow(int players, int stalled, long gaps, boolean resumedAtKeyframe, Distribution latencyMs) {}

  /** Of totals over that many seconds. */
  public static PlaySummary of(PlayTotals totals, double seconds) {
    Slow slow =
        totals.slowPlayers == 0
            ? null
            : new Slow(
                totals.slowPlayers,
                totals.slowStalled,
                totals.slowGaps,
                totals.slowGapsWithoutKeyframe == 0,
                Distribution.of(totals.slowLatency));
    PacketCounts packets = totals.packets();
    Delivery delivery = packets == null ? null : packets.delivery();
    return new PlaySummary(
        seconds,
        totals.players,
        totals.played,
        totals.failed,
        totals.disconnected,
        Map.copyOf(totals.reasons),
        totals.bytes,
        totals.bytes * 8 / 1e6 / seconds,
        totals.leastBytes == Long.MAX_VALUE ? 0 : totals.leastBytes,
        totals.frames,
        Distribution.of(totals.firstMedia),
        Distribution.of(totals.firstKeyframe),
        new Stalls(totals.stalls, totals.stalledNanos / 1e6, totals.playersThatStalled),
        totals.gaps,
        totals.gapsWithoutKeyframe,
        totals.stepsBack,
        Distribution.of(totals.latency),
        Distribution.ms(Math.max(0, totals.worstP99Micros)),
        packets == null ? null : packets.summary(),
        delivery == null ? null : delivery.summary(),
        slow);
  }
}
