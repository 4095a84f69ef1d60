package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemuxTest {

  @ParameterizedTest
  @CsvSource({
    "0x00, 0x01, STUN",
    "0x03, 0x00, STUN",
    "0x04, 0x00, UNKNOWN",
    "0x10, 0x00, UNKNOWN", // ZRTP
    "0x13, 0x00, UNKNOWN",
    "0x14, 0xfe, DTLS",
    "0x16, 0xfe, DTLS",
    "0x3f, 0x00, DTLS",
    "0x40, 0x00, UNKNOWN", // TURN channels
    "0x7f, 0x00, UNKNOWN",
    "0x80, 0x00, RTP",
    "0x80, 0x60, RTP",
    "0x90, 0xe0, RTP",
    "0x80, 0xbf, RTP",
    "0x81, 0xc0, RTCP",
    "0x80, 0xc8, RTCP",
    "0x8f, 0xcd, RTCP",
    "0xbf, 0xdf, RTCP",
    "0x80, 0x40, RTCP",
    "0x80, 0x3f, RTP",
    "0xc0, 0x00, UNKNOWN",
    "0xff, 0xff, UNKNOWN"
  })
  void theFirstTwoBytesTell(String first, String second, Demux.Kind kind) {
    assertThat(Demux.kindOf(datagram(Integer.decode(first), Integer.decode(second), 20))).isEqualTo(kind);
  }

  @Test
  void whatIsTooShortIsUnknown() {
    assertThat(Demux.kindOf(Unpooled.EMPTY_BUFFER)).isEqualTo(Demux.Kind.UNKNOWN);
    assertThat(Demux.kindOf(datagram(0, 1, 19))).isEqualTo(Demux.Kind.UNKNOWN);
    assertThat(Demux.kindOf(datagram(22, 254, 12))).isEqualTo(Demux.Kind.UNKNOWN);
    assertThat(Demux.kindOf(datagram(128, 96, 11))).isEqualTo(Demux.Kind.UNKNOWN);
    assertThat(Demux.kindOf(datagram(128, 200, 7))).isEqualTo(Demux.Kind.UNKNOWN);
    assertThat(Demux.kindOf(datagram(128, 200, 8))).isEqualTo(Demux.Kind.RTCP);
  }

  private static ByteBuf datagram(int first, int second, int bytes) {
    return Unpooled.wrappedBuffer(new byte[bytes]).setByte(0, first).setByte(1, second);
  }
}
