package live.sluice.node.metrics;

/**
 * What went through a session, a stream, a kind of session or the node since its start.
 *
 * @param sentBytes bytes sent
 * @param receivedBytes bytes received
 * @param frames frames sent to players and received from publishers
 * @param droppedFrames frames that slow players lost
 * @param skips how often slow players jumped to a keyframe
 * @param sentKbps kbit/s sent in the last 30 s
 * @param receivedKbps kbit/s received in the last 30 s
 */
public record Totals(
    long sentBytes,
    long receivedBytes,
    long frames,
    long droppedFrames,
    long skips,
    long sentKbps,
    long receivedKbps) {

  /** Nothing yet. */
  public static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public Totals plus(Totals other) {
    return new Totals(
        sentBytes + other.sentBytes,
        receivedBytes + other.receivedBytes,
        frames + other.frames,
        droppedFrames + other.droppedFrames,
        skips + other.skips,
        sentKbps + other.sentKbps,
        receivedKbps + other.receivedKbps);
  }
}
