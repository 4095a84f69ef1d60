package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.hop.media.wire.MediaHeader;

/** Whatever comes, it is counted and dropped; what is kept, sent and handed on keeps its bounds. */
class MediaFuzzTest {
  private static final long MS = SimulatedLink.MS;

  private final List<byte[]> answers = new ArrayList<>();
  private long delivered;

  @FuzzTest(maxDuration = "1m")
  void anyDatagrams(byte[] data) {
    VirtualTime time = new VirtualTime();
    answers.clear();
    delivered = 0;
    try (MediaReceiver receiver =
        new MediaReceiver(answers::add, time, () -> 50 * MS, ByteBufAllocator.DEFAULT)) {
      for (int flow = 1; flow <= 3; flow++) {
        receiver.openFlow(flow, (rtp, keyframe, marker, at) -> take(rtp));
      }
      ByteBuf in = Unpooled.wrappedBuffer(data);
      long taken = 0;
      while (in.readableBytes() > 2) {
        byte[] datagram = new byte[Math.min(in.readUnsignedByte() * 5, in.readableBytes() - 1)];
        time.run(in.readByte() * 100_000L & 0xff_ffff);
        in.readBytes(datagram);
        receiver.onDatagram(datagram);
        taken++;
        receiver.tick();
      }
      assertThat(delivered).isLessThanOrEqualTo(taken);
      assertThat(answers.size()).isLessThanOrEqualTo((int) (10 * taken));
      assertThat(answers).allMatch(answer -> answer.length <= LinkDatagram.MAX_BYTES);
      for (int flow = 1; flow <= 3; flow++) {
        assertThat(receiver.statistics(flow).missing()).isLessThanOrEqualTo(2048);
      }
    }
  }

  private void take(ByteBuf rtp) {
    delivered++;
    assertThat(rtp.isReadable()).isTrue();
    assertThat(rtp.readableBytes()).isLessThan(1 << 16);
    rtp.release();
  }

  /** Fields that are as they should be, but for what they say. */
  @FuzzTest(maxDuration = "1m")
  void anyHeaders(byte[] data) {
    VirtualTime time = new VirtualTime();
    answers.clear();
    delivered = 0;
    try (MediaReceiver receiver =
        new MediaReceiver(answers::add, time, () -> 50 * MS, ByteBufAllocator.DEFAULT)) {
      receiver.openFlow(1, (rtp, keyframe, marker, at) -> take(rtp));
      ByteBuf in = Unpooled.wrappedBuffer(data);
      while (in.readableBytes() >= 8) {
        byte[] datagram = new byte[8 + in.readUnsignedByte() * 4];
        MediaHeader.write(datagram, 1, in.readByte(), in.readUnsignedShort(), in.readUnsignedMedium());
        time.run(in.readUnsignedByte() * MS);
        receiver.onDatagram(datagram);
        receiver.tick();
      }
      var statistics = receiver.statistics(1);
      assertThat(statistics.missing()).isBetween(0L, 2048L);
      assertThat(statistics.repaired()).isLessThanOrEqualTo(statistics.received());
    }
  }

  @FuzzTest(maxDuration = "1m")
  void anyAnswers(byte[] data) {
    try (SimulatedLink link = new SimulatedLink(50, 0.01, 3)) {
      Source pictures = link.pictures(0, 2_500_000);
      link.sound();
      link.run(0.3);
      long before = link.there.bytes;
      for (int at = 0; at < data.length; at += 50) {
        byte[] datagram = new byte[2 + Math.min(50, data.length - at)];
        System.arraycopy(data, at, datagram, 2, datagram.length - 2);
        link.sender.onNack(datagram);
        link.sender.onFeedback(datagram);
        link.sender.tick();
      }
      assertThat(link.there.bytes - before).as("nothing is sent twice within a round trip").isLessThan(300_000);
      assertThat(link.sender.totals().estimateBitsPerSecond()).isBetween(200_000L, 2_000_000_000L);
      pictures.paused = true;
    }
  }
}
