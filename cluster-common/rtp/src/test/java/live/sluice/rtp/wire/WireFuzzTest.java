package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class WireFuzzTest {

  /** Whatever comes, nothing is read outside it; and what is a packet goes through RTX and back unchanged. */
  @FuzzTest(maxDuration = "1m")
  void anyDatagram(byte[] data) {
    ByteBuf packet = Unpooled.wrappedBuffer(data);
    Demux.kindOf(packet);
    for (int id = 0; id < 256; id++) {
      int found = HeaderExtensions.find(packet, id);
      if (found != HeaderExtensions.NONE) {
        assertThat(HeaderExtensions.offset(found) + HeaderExtensions.length(found)).isLessThanOrEqualTo(data.length);
      }
    }
    int offset = RtpHeader.payloadOffset(packet);
    if (offset == RtpHeader.MALFORMED) {
      return;
    }
    assertThat(offset).isBetween(RtpHeader.BYTES, data.length);
    RtpHeader.dropPadding(packet);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(offset);

    ByteBuf rtx = Unpooled.buffer();
    Rtx.wrap(packet, rtx, 1, 2, 3);
    assertThat(Rtx.unwrap(rtx, offset, RtpHeader.ssrc(packet), RtpHeader.payloadType(packet))).isTrue();
    assertThat(rtx).isEqualTo(packet);
    Rtx.unwrap(packet, offset, 1, 2);
  }
}
