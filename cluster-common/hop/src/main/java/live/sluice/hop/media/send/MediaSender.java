package live.sluice.hop.media.send;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import live.sluice.hop.media.DatagramSink;
import live.sluice.hop.media.RepairTimes;
import live.sluice.hop.media.wire.FeedbackReader;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Sends the packets of many flows over one link: as datagrams, the important ones first, lost ones again, and no more than
 * the path carries. Confined to the link's loop; without timers: while a flow is open, {@link #tick} is to be called each 5
 * to 10 ms, and {@link #flush} after a batch of packets. It calls its sink and its listener from within those calls; they
 * may close flows, or the sender, and call nothing else of it.
 */
public final class MediaSender implements AutoCloseable {
  private final Ticker ticker;
  private final LongSupplier roundTripNanos;
  private final IntObjectMap<FlowSender> byId = new IntObjectHashMap<>();
  private final List<FlowSender> flows = new ArrayList<>();
  private final RateEstimate estimate = new RateEstimate();
  private final Outlet outlet;
  private final Scheduler scheduler;
  private final Repairs repairs;
  private final FeedbackReader report = new FeedbackReader();
  private final ReportedRoundTrip reportedRoundTrip = new ReportedRoundTrip();
  private boolean hasReport;
  private int lastReport;
  private boolean closed;

  /**
   * Makes one for a link that has just been made.
   *
   * @param sink where datagrams go
   * @param ticker its monotonic clock is what the other side measures delays by
   * @param roundTripNanos the link's round trip in ns, smoothed; 0 or less while it is not known
   * @param listener is told what is left out
   */
  public MediaSender(DatagramSink sink, Ticker ticker, LongSupplier roundTripNanos, LayerListener listener) {
    this.ticker = ticker;
    this.roundTripNanos = roundTripNanos;
    outlet = new Outlet(sink);
    scheduler = new Scheduler(flows, estimate, new Layers(flows, estimate, listener), outlet);
    repairs = new Repairs(byId, scheduler, outlet);
  }

  /** Opens a flow; throws {@link IllegalArgumentException} where one of that id is open. */
  public void openFlow(FlowSpec spec) {
    if (byId.containsKey(spec.flowId())) {
      throw new IllegalArgumentException("flow is open already: " + spec.flowId());
    }
    if (!closed) {
      FlowSender flow = new FlowSender(spec);
      byId.put(spec.flowId(), flow);
      flows.add(flow);
    }
  }

  /** Closes a flow, and releases its packets; nothing where it is not open. */
  public void closeFlow(int flowId) {
    FlowSender flow = byId.remove(flowId);
    if (flow != null) {
      flows.remove(flow);
      flow.closed = true;
      scheduler.close(flow);
    }
  }

  /** Sends a packet, which is borrowed; nothing where the flow is not open. */
  public void send(int flowId, RtpPacket packet) {
    FlowSender flow = byId.get(flowId);
    if (flow != null && packet.bytes().isReadable()) {
      scheduler.send(flow, packet, roundTrip(), ticker.nanos());
    }
  }

  /** Sends what waits and has room. */
  public void flush() {
    scheduler.drain(roundTrip(), ticker.nanos());
  }

  /** Sends what waits, gives up what is too old, and sees whether there is room again. */
  public void tick() {
    long now = ticker.nanos();
    scheduler.tick(roundTrip(), now);
    for (int i = 0; i < flows.size(); i++) {
      flows.get(i).history.expire(now);
    }
  }

  /** Takes a whole datagram of type {@link live.sluice.hop.media.wire.LinkDatagram#NACK}, whatever it holds. */
  public void onNack(byte[] datagram) {
    long now = ticker.nanos();
    long roundTrip = roundTrip();
    repairs.onNack(datagram, roundTrip, now);
    scheduler.drain(roundTrip, now);
  }

  /** Takes a whole datagram of type {@link live.sluice.hop.media.wire.LinkDatagram#FEEDBACK}, whatever it holds. */
  public void onFeedback(byte[] datagram) {
    if (!report.wrap(datagram)) {
      return;
    }
    int ahead = (short) (report.number() - lastReport);
    if (hasReport && ahead < 0) {
      return; // overtaken by a later one, which told the same
    }
    long now = ticker.nanos();
    reportedRoundTrip.add(report, now);
    long roundTrip = roundTrip();
    if ((!hasReport || ahead > 0) && estimate.onReport(report, scheduler.isLimited(), roundTrip, now)) {
      scheduler.onLowered(now);
    }
    hasReport = true;
    lastReport = report.number();
    long answer = RepairTimes.repeat(roundTrip, estimate.worstQueueingNanos());
    while (report.nextFlow()) {
      repairs.onReport(report, answer, roundTrip, now);
    }
    scheduler.drain(roundTrip, now);
  }

  /** What was sent of a flow; null where it is not open. */
  public @Nullable SentStatistics statistics(int flowId) {
    FlowSender flow = byId.get(flowId);
    return flow == null ? null : flow.statistics(ticker.nanos());
  }

  /** What was sent of all flows. */
  public SenderTotals totals() {
    return new SenderTotals(
        outlet.packets,
        outlet.bytes,
        outlet.retransmitted,
        outlet.copies,
        outlet.refused,
        outlet.refusedSound,
        scheduler.droppedRepairs,
        scheduler.droppedKeyframes,
        scheduler.droppedRest,
        estimate.bitsPerSecond(),
        estimate.arrivingBitsPerSecond(),
        scheduler.isCongested(),
        estimate.lossRatio(),
        estimate.queueingNanos(),
        scheduler.waitingBytes());
  }

  /** Closes all flows; whatever comes after that is passed over. */
  @Override
  public void close() {
    closed = true;
    while (!flows.isEmpty()) {
      closeFlow(flows.get(flows.size() - 1).id());
    }
  }

  private long roundTrip() {
    return RepairTimes.roundTrip(Math.max(roundTripNanos.getAsLong(), reportedRoundTrip.nanos()));
  }
}
