package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import live.sluice.rtp.rtcp.RtcpWriter;
import org.junit.jupiter.api.Test;

/** Once as much was missing as ever is, packets and feedback leave no garbage. */
class ReceiveAllocationTest {
  private static final int PACKETS = 100_000;
  private static final long MS = 1_000_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final NackTracker tracker = new NackTracker();
  private final ReceiverStatistics statistics = new ReceiverStatistics(1, 90_000);
  private final TransportFeedbackBuilder feedback = new TransportFeedbackBuilder();
  private final RembEstimator estimator = new RembEstimator(1, 1_000_000, 2_000_000);
  private final ByteBuf out = Unpooled.buffer(2000);
  private final int[] into = new int[64];
  private long asked;

  @Test
  void packetsTakeNothingFromTheHeap() {
    receive(0);
    long before = threads.getCurrentThreadAllocatedBytes();
    receive(PACKETS);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(asked).isPositive();
    assertThat((double) taken / PACKETS).as("bytes per packet").isLessThan(0.1);
  }

  private void receive(int from) {
    for (int i = from; i < from + PACKETS; i++) {
      if (i % 23 != 5) {
        packet(i);
      }
      if (i % 23 == 15) {
        packet(i - 10); // the one that was lost
      }
    }
  }

  private void packet(int number) {
    long now = number * MS;
    int sequence = number & 0xffff;
    tracker.onPacket(sequence, now);
    statistics.onPacket(sequence, number * 90, now);
    feedback.onPacket(sequence, now);
    estimator.onPacket(1200, now);
    estimator.update(0, now);
    out.clear();
    int count = tracker.due(now, into);
    asked += count;
    RtcpWriter.nack(out, 1, 2, into, count);
    if (feedback.isDue(now)) {
      feedback.write(out, 1, 2, now);
    }
  }
}
