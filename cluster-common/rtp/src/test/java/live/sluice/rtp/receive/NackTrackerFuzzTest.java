package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class NackTrackerFuzzTest {

  /** Whatever numbers come when, what is held and asked for keeps its bounds. */
  @FuzzTest(maxDuration = "1m")
  void anySequence(byte[] data) {
    NackTracker tracker = new NackTracker();
    ReceiverStatistics statistics = new ReceiverStatistics(1, 48_000);
    TransportFeedbackBuilder feedback = new TransportFeedbackBuilder();
    ByteBuf in = Unpooled.wrappedBuffer(data);
    ByteBuf out = Unpooled.buffer();
    int[] into = new int[64];
    long now = 0;
    while (in.readableBytes() >= 4) {
      int sequence = in.readUnsignedShort();
      now += in.readUnsignedByte() * 1_000_000L;
      int what = in.readUnsignedByte();
      tracker.onPacket(sequence, now);
      statistics.onPacket(sequence, sequence * what, now);
      feedback.onPacket(sequence, now - what * 1_000_000L);
      if (what % 8 == 0) {
        int count = tracker.due(now, into);
        for (int i = 1; i < count; i++) {
          assertThat((into[i] - into[i - 1]) & 0xffff).isBetween(1, 32_767);
        }
        tracker.takeKeyframeWanted();
        statistics.report(now);
      }
      if (what == 1) {
        tracker.onKeyframe(sequence, true);
      }
      if (feedback.isDue(now)) {
        while (feedback.write(out.clear(), 1, 2, now)) {
          assertThat(out.readableBytes()).isLessThanOrEqualTo(1100);
        }
      }
      assertThat(tracker.missing()).isLessThanOrEqualTo(NackTracker.MAX_MISSING);
    }
  }
}
