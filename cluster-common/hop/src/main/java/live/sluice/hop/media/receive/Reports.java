package live.sluice.hop.media.receive;

import java.util.List;
import live.sluice.hop.media.DatagramSink;
import live.sluice.hop.media.wire.FeedbackWriter;
import live.sluice.hop.media.wire.MediaTime;

/** Tells the sender each 50 ms what arrived, while anything does, and for a second after that. */
final class Reports {
  private static final long MS = 1_000_000;
  /** A tick that is a little early counts, lest the next is late. */
  private static final long INTERVAL = 48 * MS;

  private static final long ACTIVE = 1_000 * MS;

  private final DatagramSink sink;
  private final LinkArrivals link;
  private final List<FlowReceiver> flows;
  private final FeedbackWriter writer = new FeedbackWriter();
  private boolean started;
  private long reportedAt;
  private int number;

  long datagrams;

  Reports(DatagramSink sink, LinkArrivals link, List<FlowReceiver> flows) {
    this.sink = sink;
    this.link = link;
    this.flows = flows;
  }

  void tick(long now) {
    if (started && now - reportedAt < INTERVAL) {
      return;
    }
    started = true;
    reportedAt = now;
    link.decay();
    begin(now);
    for (int i = 0; i < flows.size(); i++) {
      FlowReceiver flow = flows.get(i);
      if (now - flow.activeAt() < ACTIVE) {
        tell(flow, now);
      }
    }
    if (!writer.isEmpty()) {
      send();
    }
    link.transit.reported();
    number++;
  }

  private void begin(long now) {
    int reordering = (int) (link.tolerance() / MS);
    int time = MediaTime.of(now);
    writer.begin(
        number, time, link.idle(now), reordering, (int) link.bytes, (int) link.expected, (int) link.arrived);
    if (link.transit.hasSeen()) {
      writer.delay(link.transit.newestSendTime(), link.transit.leastSeen(), link.transit.mostSeen());
    }
  }

  private void tell(FlowReceiver flow, long now) {
    ReceivedWindow window = flow.window();
    long highest = window.highest();
    MissingPackets missing = flow.missing();
    long back = missing.size() == 0 ? 0 : highest - missing.number(0);
    int bitmapBytes = (int) Math.min(FeedbackWriter.MAX_BITMAP, (back + Byte.SIZE - 1) / Byte.SIZE);
    if (!writer.hasRoom(flow.id(), bitmapBytes)) {
      send();
      begin(now);
    }
    writer.flow(flow.id(), (int) highest & 0xffff, bitmapBytes);
    for (int i = 1; i <= bitmapBytes * Byte.SIZE; i++) {
      long told = highest - i;
      if (!window.reaches(told) || window.has(told)) {
        writer.arrived(i);
      }
    }
  }

  private void send() {
    sink.send(writer.take());
    datagrams++;
  }
}
