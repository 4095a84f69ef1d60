package live.sluice.bench.measure;

/**
 * Where players are at, at one moment; counts are since the measurement began.
 *
 * @param connected players that have a connection
 * @param playing players that are being sent media
 * @param failed players that never came to play
 * @param disconnected players that came to play, and were cut off
 * @param bytes received, from the socket
 * @param frames received
 * @param stalls of all players
 * @param lost packets, of protocols that have such
 * @param latency of frames since the last sample
 */
public record PlaySample(
    int connected,
    int playing,
    int failed,
    int disconnected,
    long bytes,
    long frames,
    long stalls,
    long lost,
    Latencies latency) {

  /** None. */
  public static PlaySample zero() {
    return new PlaySample(0, 0, 0, 0, 0, 0, 0, 0, new Latencies());
  }

  /** The sum. */
  public PlaySample plus(PlaySample other) {
    latency.add(other.latency);
    return new PlaySample(
        connected + other.connected,
        playing + other.playing,
        failed + other.failed,
        disconnected + other.disconnected,
        bytes + other.bytes,
        frames + other.frames,
        stalls + other.stalls,
        lost + other.lost,
        latency);
  }
}
