package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.hop.media.send.FlowSpec;
import live.sluice.hop.media.send.LayerListener;
import live.sluice.hop.media.send.MediaSender;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.media.Codec;
import live.sluice.media.MediaKind;
import live.sluice.media.Ticker;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.RtpHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once it is warm, a packet costs its datagram's array and no other garbage. */
class MediaAllocationTest {
  private static final int PACKETS = 200_000;
  private static final int FLOWS = 20;
  private static final long PACKET_NANOS = 50_000;
  private static final int ARRAY_HEADER = 16;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final RtpTrack track = new RtpTrack(0, Codec.H264, 90_000, 0, "", List.of());
  private ResourceLeakDetector.Level level;
  private final Deque<byte[]> answers = new ArrayDeque<>();
  private double garbage;
  private long now;
  private long arrays;
  private int count;
  private long delivered;

  @BeforeEach
  void withoutLeakDetection() {
    level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void withLeakDetection() {
    ResourceLeakDetector.setLevel(level);
  }

  /** Netty's own threads, such as event loops, use buffers again. */
  @Test
  void aPacketLeavesNoGarbageButItsDatagram() throws InterruptedException {
    Thread loop = new FastThreadLocalThread(this::measure);
    loop.start();
    loop.join();

    assertThat(delivered).isEqualTo(2 * PACKETS);
    assertThat(garbage / PACKETS).as("bytes per packet beside the arrays").isLessThan(1);
  }

  private void measure() {
    Ticker clock = clock();
    MediaReceiver[] to = new MediaReceiver[1];
    MediaSender sender =
        new MediaSender(datagram -> take(datagram, to[0]), clock, () -> 20_000_000, new NobodyListens());
    MediaReceiver receiver =
        new MediaReceiver(this::answer, clock, () -> 20_000_000, new PooledByteBufAllocator(false));
    to[0] = receiver;
    RtpPacket[] packets = new RtpPacket[FLOWS + 1];
    for (int flow = 1; flow <= FLOWS; flow++) {
      sender.openFlow(new FlowSpec(flow, MediaKind.VIDEO, 0));
      receiver.openFlow(flow, (rtp, keyframe, marker, at) -> deliver(rtp));
      packets[flow] = packet(flow);
    }
    run(sender, receiver, packets);
    arrays = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    run(sender, receiver, packets);
    garbage = threads.getCurrentThreadAllocatedBytes() - before - arrays;
    sender.close();
    receiver.close();
    for (int flow = 1; flow <= FLOWS; flow++) {
      packets[flow].release();
    }
  }

  private void run(MediaSender sender, MediaReceiver receiver, RtpPacket[] packets) {
    for (int i = 0; i < PACKETS; i++) {
      int flow = 1 + i % FLOWS;
      now += PACKET_NANOS;
      sender.send(flow, packets[flow]);
      if (i % 100 == 0) {
        sender.flush();
        sender.tick();
        receiver.tick();
      }
      takeAnswers(sender);
    }
    // What was lost last is sent again.
    for (int i = 0; i < 40; i++) {
      now += 5_000_000;
      sender.tick();
      receiver.tick();
      takeAnswers(sender);
    }
  }

  private boolean take(byte[] datagram, MediaReceiver receiver) {
    arrays += size(datagram);
    if (++count % 97 != 0) {
      receiver.onDatagram(datagram);
    }
    return true;
  }

  private boolean answer(byte[] datagram) {
    arrays += size(datagram);
    return answers.add(datagram);
  }

  private void takeAnswers(MediaSender sender) {
    for (byte[] datagram = answers.poll(); datagram != null; datagram = answers.poll()) {
      if (LinkDatagram.type(datagram) == LinkDatagram.NACK) {
        sender.onNack(datagram);
      } else {
        sender.onFeedback(datagram);
      }
    }
  }

  private static long size(byte[] array) {
    return (ARRAY_HEADER + array.length + 7L) / 8 * 8;
  }

  private void deliver(ByteBuf rtp) {
    delivered++;
    rtp.release();
  }

  private RtpPacket packet(int flow) {
    ByteBuf bytes = Unpooled.buffer(1_100);
    RtpHeader.write(bytes, false, true, 100, 1, 2, flow);
    bytes.writeZero(1_000);
    return new RtpPacket(track, 0, bytes, RtpHeader.BYTES, false, 0);
  }

  private Ticker clock() {
    return new Ticker() {
      @Override
      public long nanos() {
        return now;
      }

      @Override
      public long wallMillis() {
        return now / 1_000_000;
      }
    };
  }

  private static final class NobodyListens implements LayerListener {
    @Override
    public void leftOut(int flowId) {}

    @Override
    public void roomFor(int flowId) {}

    @Override
    public void resumed(int flowId) {}
  }
}
