package live.sluice.hop.media.receive;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import live.sluice.hop.media.DatagramSink;
import live.sluice.hop.media.RepairTimes;
import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.hop.media.wire.NackWriter;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Receives the packets of many flows over one link: hands each on at once and only once, asks for what is missing, and
 * tells the sender what arrived. Confined to the link's loop; without timers: while a flow is open, {@link #tick} is to be
 * called each 5 to 10 ms. It calls its sink and those that it delivers to from within those calls; they may close
 * flows, or the receiver, and call nothing else of it.
 */
public final class MediaReceiver implements AutoCloseable {
  /** Fragments of all flows together, while their packets are not complete: 10 MB. */
  private static final int MOST_FRAGMENTS = 8192;

  private final DatagramSink sink;
  private final Ticker ticker;
  private final LongSupplier roundTripNanos;
  private final ByteBufAllocator allocator;
  private final IntObjectMap<FlowReceiver> byId = new IntObjectHashMap<>();
  private final List<FlowReceiver> flows = new ArrayList<>();
  private final LinkArrivals link = new LinkArrivals();
  private final Reports reports;
  private final MediaHeader header = new MediaHeader();
  private final NackWriter nack = new NackWriter();
  /** Those that are held, as of the last tick, and all that came since. */
  private int fragments;

  private boolean closed;
  private long malformed;
  private long unknown;
  private long nacks;
  private long droppedFragments;

  /**
   * Makes one for a link that has just been made.
   *
   * @param sink where requests and reports go
   * @param roundTripNanos the link's round trip in ns, smoothed; 0 or less while it is not known
   * @param allocator of the packets that are handed on
   */
  public MediaReceiver(
      DatagramSink sink, Ticker ticker, LongSupplier roundTripNanos, ByteBufAllocator allocator) {
    this.sink = sink;
    this.ticker = ticker;
    this.roundTripNanos = roundTripNanos;
    this.allocator = allocator;
    reports = new Reports(sink, link, flows);
  }

  /**
   * Opens a flow; throws {@link IllegalArgumentException} where one of that id is open, or it is none. What was sent
   * shortly before that is asked for again.
   */
  public void openFlow(int flowId, Deliver deliver) {
    if (!MediaHeader.isFlowId(flowId) || byId.containsKey(flowId)) {
      throw new IllegalArgumentException("no flow id, or flow is open already: " + flowId);
    }
    if (!closed) {
      FlowReceiver flow = new FlowReceiver(flowId, deliver, link, ticker.nanos());
      byId.put(flowId, flow);
      flows.add(flow);
    }
  }

  /** Closes a flow; nothing where it is not open. */
  public void closeFlow(int flowId) {
    FlowReceiver flow = byId.remove(flowId);
    if (flow != null) {
      flows.remove(flow);
      droppedFragments += flow.droppedFragments() + flow.heldFragments();
    }
  }

  /** Takes a whole datagram of a flow, whatever it holds; the array is the receiver's from then on. */
  public void onDatagram(byte[] datagram) {
    if (!header.read(datagram)) {
      malformed++;
      return;
    }
    FlowReceiver flow = byId.get(header.flowId());
    if (flow == null) {
      unknown++;
      return;
    }
    if (isFragment() && ++fragments > MOST_FRAGMENTS) {
      droppedFragments++;
      return;
    }
    long now = ticker.nanos();
    long roundTrip = roundTrip();
    link.add(datagram.length, now);
    flow.onDatagram(header, datagram, allocator, roundTrip, now);
    if (flow.missing().size() > 0 && !closed) {
      ask(flow, roundTrip, now);
      sendNack();
    }
  }

  private boolean isFragment() {
    return !header.has(MediaHeader.FIRST) || !header.has(MediaHeader.LAST);
  }

  private void ask(FlowReceiver flow, long roundTrip, long now) {
    while (!flow.ask(nack, roundTrip, now)) {
      sendNack();
    }
  }

  private void sendNack() {
    if (!nack.isEmpty()) {
      sink.send(nack.take());
      nacks++;
    }
  }

  /** Asks for what is missing, gives up what is too old, and reports. */
  public void tick() {
    long now = ticker.nanos();
    long roundTrip = roundTrip();
    fragments = 0;
    for (int i = 0; i < flows.size(); i++) {
      FlowReceiver flow = flows.get(i);
      flow.expire(roundTrip, now);
      fragments += flow.heldFragments();
      ask(flow, roundTrip, now);
    }
    sendNack();
    reports.tick(now);
  }

  /** Tells the difference of the two nodes' monotonic clocks, the sender's less ours, in ns. */
  public void setClockOffset(long nanos) {
    link.transit.setClockOffset(nanos);
  }

  /** What was received of a flow; null where it is not open. */
  public @Nullable ReceivedStatistics statistics(int flowId) {
    FlowReceiver flow = byId.get(flowId);
    return flow == null ? null : flow.statistics(ticker.nanos());
  }

  /** What was received of all flows. */
  public ReceiverTotals totals() {
    long dropped = droppedFragments;
    for (FlowReceiver flow : flows) {
      dropped += flow.droppedFragments();
    }
    return new ReceiverTotals(link.datagrams, link.bytes, malformed, unknown, nacks, reports.datagrams, dropped);
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
    return RepairTimes.roundTrip(roundTripNanos.getAsLong());
  }
}
