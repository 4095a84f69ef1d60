package live.sluice.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All players of one event loop, in sum. Touched on the loop alone. */
public final class PlayMeters {
  /** Settings of a measurement. */
  public record Settings(long stallNanos, long gapMs, @Nullable Deadlines deadlines) {
    /** Media more than 500 ms behind the wall is a stall, timestamps more than 200 ms apart are a gap. */
    public static final Settings DEFAULT = new Settings(500_000_000, 200, null);

    /** The same, and packets are to come in time. */
    public Settings within(@Nullable Deadlines wanted) {
      return new Settings(stallNanos, gapMs, wanted);
    }
  }

  final BenchClock clock;
  final Settings settings;
  final Latencies latency = new Latencies();
  final Latencies slowLatency = new Latencies();
  final Latencies interval = new Latencies();
  final Map<String, Integer> reasons = new TreeMap<>();
  private final List<PlayerMeter> players = new ArrayList<>();
  private final PlayTotals gone = new PlayTotals();
  private @Nullable PacketCounts packets;

  boolean measuring;
  long bytes;
  long frames;
  long stalls;
  int connected;
  int playing;
  int failed;
  int disconnected;

  /** Meters on a loop whose clock is {@code clock}. */
  public PlayMeters(BenchClock clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** One more player. */
  public PlayerMeter player(boolean slow) {
    PlayerMeter made = new PlayerMeter(this, slow);
    players.add(made);
    return made;
  }

  /** The packets of its players, where the protocol has such. */
  public PacketCounts packets() {
    PacketCounts counts = packets;
    if (counts == null) {
      Deadlines deadlines = settings.deadlines();
      counts = new PacketCounts(deadlines == null ? null : new Delivery(deadlines, clock));
      packets = counts;
    }
    return counts;
  }

  /** A player left by itself, to make room for another: what it measured stays, the player is forgotten. */
  public void leave(PlayerMeter player) {
    player.leave();
    gone.add(player);
    players.remove(player);
  }

  /** From now on latencies count; what was counted so far of bytes, frames, stalls and gaps is forgotten. */
  public void begin() {
    measuring = true;
    bytes = 0;
    frames = 0;
    stalls = 0;
    latency.reset();
    slowLatency.reset();
    interval.reset();
    PacketCounts counts = packets;
    if (counts != null) {
      counts.begin();
    }
    gone.beginAnew();
    players.forEach(PlayerMeter::begin);
  }

  /** Packets that are sent from now on are not counted among those that should come in time. */
  public void settle() {
    PacketCounts counts = packets;
    if (counts != null) {
      counts.settle();
    }
  }

  /** The end of the measurement: a stall that is not over counts with what it has lasted. */
  public void end() {
    clock.read();
    players.forEach(PlayerMeter::finish);
    measuring = false;
  }

  /** What the loop's players are at; the latencies are those since the last call. */
  public PlaySample sample() {
    clock.align();
    Latencies recent = new Latencies();
    recent.add(interval);
    interval.reset();
    return new PlaySample(connected, playing, failed, disconnected, bytes, frames, stalls, lost(), recent);
  }

  private long lost() {
    PacketCounts counts = packets;
    return counts == null ? 0 : counts.lostSoFar();
  }

  /** All that was measured. */
  public PlayTotals totals() {
    PlayTotals totals = new PlayTotals();
    totals.add(this, players);
    totals.add(gone);
    PacketCounts counts = packets;
    if (counts != null) {
      totals.add(counts);
    }
    return totals;
  }

  void count(@Nullable String reason) {
    reasons.merge(reason == null ? "unknown" : reason, 1, Integer::sum);
  }
}
