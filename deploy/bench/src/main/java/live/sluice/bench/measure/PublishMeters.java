package live.sluice.bench.measure;

import java.util.Map;
import java.util.TreeMap;

/** All publishers of one event loop in sum, or of all loops once they are added up. Touched by one thread. */
public final class PublishMeters {
  final Map<String, Integer> reasons = new TreeMap<>();
  final Latencies join = new Latencies();
  final Latencies late = new Latencies();
  int publishers;
  int published;
  int publishing;
  int failed;
  int disconnected;
  long bytes;
  long frames;
  long dropped;
  boolean packets;
  long nacked;
  long resent;
  long keyframeRequests;

  /** Forgets what was sent so far. */
  public void begin() {
    bytes = 0;
    frames = 0;
    dropped = 0;
    nacked = 0;
    resent = 0;
    keyframeRequests = 0;
    late.reset();
  }

  /** One more publisher. */
  public void publisher() {
    publishers++;
  }

  /** The server accepted one, that many ns after there was a connection. */
  public void accepted(long afterNanos) {
    published++;
    publishing++;
    join.record(afterNanos);
  }

  /** One is over for a reason of the server's. */
  public void ended(boolean wasAccepted, String why) {
    if (wasAccepted) {
      disconnected++;
      publishing--;
    } else {
      failed++;
    }
    reasons.merge(why, 1, Integer::sum);
  }

  /** A frame was sent, that many ns after it was due. */
  public void sent(int count, long lateNanos) {
    bytes += count;
    frames++;
    late.record(Math.max(0, lateNanos));
  }

  /** A frame was not sent. */
  public void dropped() {
    dropped++;
  }

  /** They send packets, which servers can ask for again. */
  public void ofPackets() {
    packets = true;
  }

  /** A server asked for a packet again. */
  public void nacked() {
    nacked++;
  }

  /** A packet was sent again. */
  public void resent(int count) {
    bytes += count;
    resent++;
  }

  /** A server asked for a keyframe. */
  public void keyframeRequested() {
    keyframeRequests++;
  }

  /** Where they are at; no latencies, no stalls. */
  public PlaySample sample() {
    return new PlaySample(publishing, publishing, failed, disconnected, bytes, frames, 0, 0, new Latencies());
  }

  /** Adds what another loop did. */
  public void add(PublishMeters other) {
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    join.add(other.join);
    late.add(other.late);
    publishers += other.publishers;
    published += other.published;
    publishing += other.publishing;
    failed += other.failed;
    disconnected += other.disconnected;
    bytes += other.bytes;
    frames += other.frames;
    dropped += other.dropped;
    packets |= other.packets;
    nacked += other.nacked;
    resent += other.resent;
    keyframeRequests += other.keyframeRequests;
  }

  /** Whether every publisher was accepted and none was cut off. */
  public boolean clean() {
    return failed == 0 && disconnected == 0;
  }
}
