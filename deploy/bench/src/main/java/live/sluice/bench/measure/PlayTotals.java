package live.sluice.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What players measured, of one loop or of several together. Not thread-safe. */
public final class PlayTotals {
  final Latencies latency = new Latencies();
  final Latencies slowLatency = new Latencies();
  final Latencies firstMedia = new Latencies();
  final Latencies firstKeyframe = new Latencies();
  final Map<String, Integer> reasons = new TreeMap<>();
  long bytes;
  long frames;
  long stalls;
  long stalledNanos;
  long gaps;
  long gapsWithoutKeyframe;
  long stepsBack;
  int playersThatStalled;
  int players;
  int played;
  int failed;
  int disconnected;
  int slowPlayers;
  int slowStalled;
  long slowGaps;
  long slowGapsWithoutKeyframe;
  long worstP99Micros = -1;
  long leastBytes = Long.MAX_VALUE;

  private @Nullable PacketCounts packets;

  /** Packets, where the protocol has such. */
  @Nullable PacketCounts packets() {
    return packets;
  }

  void add(PacketCounts counts) {
    PacketCounts sum = packets;
    if (sum == null) {
      sum = new PacketCounts();
      packets = sum;
    }
    sum.add(counts);
  }

  /** Forgets what players that are gone saw before the measurement began, but for how they joined. */
  void beginAnew() {
    stalls = 0;
    stalledNanos = 0;
    gaps = 0;
    gapsWithoutKeyframe = 0;
    stepsBack = 0;
    playersThatStalled = 0;
    worstP99Micros = -1;
    leastBytes = Long.MAX_VALUE;
  }

  void add(PlayMeters meters, List<PlayerMeter> each) {
    latency.add(meters.latency);
    slowLatency.add(meters.slowLatency);
    bytes += meters.bytes;
    frames += meters.frames;
    failed += meters.failed;
    disconnected += meters.disconnected;
    meters.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    for (PlayerMeter player : each) {
      add(player);
    }
  }

  void add(PlayerMeter player) {
    players++;
    if (!player.hasLeft()) {
      leastBytes = Math.min(leastBytes, player.bytes);
    }
    if (player.requestedAt != Long.MIN_VALUE && player.firstMediaAt != Long.MIN_VALUE) {
      played++;
      firstMedia.record(player.firstMediaAt - player.requestedAt);
      if (player.firstKeyframeAt != Long.MIN_VALUE) {
        firstKeyframe.record(player.firstKeyframeAt - player.requestedAt);
      }
    }
    if (player.slow()) {
      slowPlayers++;
      slowStalled += player.stalls > 0 ? 1 : 0;
      slowGaps += player.gaps;
      slowGapsWithoutKeyframe += player.gapsWithoutKeyframe;
    } else {
      stalls += player.stalls;
      stalledNanos += player.stalledNanos;
      playersThatStalled += player.stalls > 0 ? 1 : 0;
      gaps += player.gaps;
      gapsWithoutKeyframe += player.gapsWithoutKeyframe;
      worstP99Micros = Math.max(worstP99Micros, player.p99Micros());
    }
    stepsBack += player.stepsBack;
  }

  /** Adds what another loop measured. */
  public void add(PlayTotals other) {
    latency.add(other.latency);
    slowLatency.add(other.slowLatency);
    firstMedia.add(other.firstMedia);
    firstKeyframe.add(other.firstKeyframe);
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    bytes += other.bytes;
    frames += other.frames;
    stalls += other.stalls;
    stalledNanos += other.stalledNanos;
    gaps += other.gaps;
    gapsWithoutKeyframe += other.gapsWithoutKeyframe;
    stepsBack += other.stepsBack;
    playersThatStalled += other.playersThatStalled;
    players += other.players;
    played += other.played;
    failed += other.failed;
    disconnected += other.disconnected;
    slowPlayers += other.slowPlayers;
    slowStalled += other.slowStalled;
    slowGaps += other.slowGaps;
    slowGapsWithoutKeyframe += other.slowGapsWithoutKeyframe;
    worstP99Micros = Math.max(worstP99Micros, other.worstP99Micros);
    leastBytes = Math.min(leastBytes, other.leastBytes);
    PacketCounts counts = other.packets;
    if (counts != null) {
      add(counts);
    }
  }

  /** Whether every player came to play and none was cut off. */
  public boolean clean() {
    return failed == 0 && disconnected == 0;
  }
}
