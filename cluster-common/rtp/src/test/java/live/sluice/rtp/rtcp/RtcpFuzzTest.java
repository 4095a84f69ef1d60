package live.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

class RtcpFuzzTest {

  /** Whatever comes is read or counted; what is told stays within the bounds of its packet. */
  @FuzzTest(maxDuration = "1m")
  void anyDatagram(byte[] data) {
    RtcpReader reader = new RtcpReader();
    Calls calls = new Calls();
    ByteBuf packet = Unpooled.wrappedBuffer(data);

    boolean whole = reader.read(packet, calls);

    assertThat(reader.malformed()).isEqualTo(whole ? 0 : 1);
    assertThat(packet.readableBytes()).isEqualTo(data.length);
    assertThat(calls.all).hasSizeLessThanOrEqualTo(17 * data.length / 4);
  }

  /** What was read can be written, and is read the same again. */
  @FuzzTest(maxDuration = "1m")
  void readAndWritten(byte[] data) {
    ByteBuf out = Unpooled.buffer();
    Calls first = new Calls();
    new RtcpReader().read(Unpooled.wrappedBuffer(data), new Writing(out, first));
    if (out.isReadable()) {
      Calls second = new Calls();
      assertThat(new RtcpReader().read(out, second)).isTrue();
      assertThat(second.all).isEqualTo(first.all);
    }
  }

  /** Writes what it is told to the packet that is read next. */
  private record Writing(ByteBuf out, Calls calls) implements RtcpListener {
    @Override
    public void onSenderReport(SenderReport report) {
      calls.onSenderReport(report);
      RtcpWriter.senderReport(out, report, List.of());
    }

    @Override
    public void onReportBlock(int reporter, ReportBlock block) {
      calls.onReportBlock(reporter, block);
      RtcpWriter.receiverReport(out, reporter, List.of(block));
    }

    @Override
    public void onBye(int ssrc) {
      calls.onBye(ssrc);
      RtcpWriter.bye(out, ssrc);
    }

    @Override
    public void onNack(int mediaSsrc, int sequence) {
      calls.onNack(mediaSsrc, sequence);
      RtcpWriter.nack(out, 1, mediaSsrc, new int[] {sequence}, 1);
    }

    @Override
    public void onTransportFeedback(TransportFeedback feedback) {
      TransportFeedbackWriter writer = new TransportFeedbackWriter();
      boolean started = false;
      for (int i = 0; i < feedback.count(); i++) {
        if (feedback.received(i)) {
          long nanos = Integer.toUnsignedLong(feedback.arrivalTicks(i)) * TransportFeedback.TICK_NANOS;
          if (!started) {
            writer.start(feedback.baseSequence(), nanos);
            started = true;
          }
          if (!writer.add(i, nanos)) {
            return;
          }
        }
      }
      if (started) {
        calls.onTransportFeedback(feedback);
        writer.write(out, 1, 2, feedback.number());
      }
    }

    @Override
    public void onPli(int mediaSsrc) {
      calls.onPli(mediaSsrc);
      RtcpWriter.pli(out, 1, mediaSsrc);
    }

    @Override
    public void onFir(int mediaSsrc, int number) {
      calls.onFir(mediaSsrc, number);
      RtcpWriter.fir(out, 1, mediaSsrc, number);
    }

    @Override
    public void onRemb(long bitsPerSecond) {
      calls.onRemb(bitsPerSecond);
      RtcpWriter.remb(out, 1, bitsPerSecond, 2);
    }
  }
}
