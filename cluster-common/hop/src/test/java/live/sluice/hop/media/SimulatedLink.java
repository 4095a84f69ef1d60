package live.sluice.hop.media;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.hop.media.send.FlowSpec;
import live.sluice.hop.media.send.LayerListener;
import live.sluice.hop.media.send.MediaSender;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.rtp.RtpPacket;

/** A sender, a receiver, the two ways between them, and sources of streams; in virtual time, with clocks that differ. */
final class SimulatedLink implements LayerListener, AutoCloseable {
  static final long MS = 1_000_000;
  static final long SECOND = 1_000 * MS;
  static final long CLOCKS_APART = -987_654_321_987L;

  final VirtualTime time = new VirtualTime();
  final long roundTrip;
  /** What the link's own measure says. */
  long toldRoundTrip;
  /** How much longer than without loss a packet may take that is in time: 1.25 round trips and 60 ms. */
  long repairTime;

  final Path there;
  final Path back;
  final MediaSender sender;
  final MediaReceiver receiver;
  final List<Source> sources = new ArrayList<>();
  IntConsumer onTold = flowId -> {};
  final List<String> told = new ArrayList<>();
  /** Without leak detection, which would take most of the time: that all is released is looked at in the end. */
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

  SimulatedLink(long roundTripMs, double loss, long seed) {
    roundTrip = roundTripMs * MS;
    toldRoundTrip = roundTrip;
    repairTime = roundTrip + roundTrip / 4 + 60 * MS;
    there = new Path(time, seed, this::onThere);
    back = new Path(time, seed + 1, this::onBack);
    for (Path path : List.of(there, back)) {
      path.propagation = roundTrip / 2;
      path.loss = loss;
    }
    sender = new MediaSender(there, time.shifted(CLOCKS_APART), () -> toldRoundTrip, this);
    receiver = new MediaReceiver(back, time, () -> toldRoundTrip, allocator);
    receiver.setClockOffset(CLOCKS_APART);
    time.each(5 * MS, sender::tick);
    time.in(2 * MS, () -> time.each(5 * MS, receiver::tick));
  }

  private void onThere(byte[] datagram) {
    receiver.onDatagram(datagram);
  }

  private void onBack(byte[] datagram) {
    switch (LinkDatagram.type(datagram)) {
      case LinkDatagram.NACK -> sender.onNack(datagram);
      case LinkDatagram.FEEDBACK -> sender.onFeedback(datagram);
      default -> throw new IllegalStateException("what is that?");
    }
  }

  Source pictures(int layer, int bitsPerSecond) {
    return add(Source.pictures(this, sources.size() + 1, layer, bitsPerSecond));
  }

  Source sound() {
    return add(Source.sound(this, sources.size() + 1));
  }

  private Source add(Source source) {
    sources.add(source);
    sender.openFlow(new FlowSpec(source.flowId, source.kind(), source.layer()));
    long bar = roundTrip / 2 + there.jitter + repairTime;
    receiver.openFlow(source.flowId, (rtp, keyframe, marker, at) -> source.onPacket(rtp, marker, bar));
    source.start(source.flowId * 7L * MS);
    return source;
  }

  SimulatedLink run(double seconds) {
    time.run((long) (seconds * SECOND));
    return this;
  }

  /** Lets the last packets arrive. */
  void finish() {
    for (Source source : sources) {
      source.paused = true;
    }
    run(1.5);
  }

  @Override
  public void leftOut(int flowId) {
    told.add("left out " + flowId);
    onTold.accept(flowId);
  }

  @Override
  public void roomFor(int flowId) {
    told.add("room for " + flowId);
  }

  @Override
  public void resumed(int flowId) {
    told.add("resumed " + flowId);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    for (Source source : sources) {
      for (RtpPacket packet : source.packets) {
        if (packet.refCnt() != 0) {
          throw new IllegalStateException("a packet was kept");
        }
      }
    }
    if (allocator.metric().usedHeapMemory() != 0) {
      throw new IllegalStateException("a buffer was kept");
    }
  }
}
