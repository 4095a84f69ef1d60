package live.sluice.hop.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaHeaderTest {
  private final MediaHeader header = new MediaHeader();

  @ParameterizedTest
  @CsvSource({"1, 7", "63, 7", "64, 8", "16383, 8", "16384, 10", "1073741823, 10"})
  void readsWhatItWrote(int flowId, int length) {
    byte[] datagram = new byte[length + 1];
    MediaHeader.write(datagram, flowId, MediaHeader.FIRST | MediaHeader.MARKER, 0xfedc, 0x123456);

    assertThat(MediaHeader.length(flowId)).isEqualTo(length);
    assertThat(header.read(datagram)).isTrue();
    assertThat(header.flowId()).isEqualTo(flowId);
    assertThat(header.length()).isEqualTo(length);
    assertThat(header.sequence()).isEqualTo(0xfedc);
    assertThat(header.sendTime()).isEqualTo(0x123456);
    assertThat(header.has(MediaHeader.FIRST)).isTrue();
    assertThat(header.has(MediaHeader.LAST)).isFalse();
    assertThat(header.has(MediaHeader.MARKER)).isTrue();
    assertThat(LinkDatagram.type(datagram)).isEqualTo(LinkDatagram.MEDIA);
  }

  @Test
  void theBytesAreThese() {
    byte[] datagram = new byte[8];
    MediaHeader.write(datagram, 300, MediaHeader.FIRST | MediaHeader.LAST | MediaHeader.KEYFRAME, 0x0102, 0x030405);

    assertThat(datagram).containsExactly(0x41, 0x2c, 0x0b, 1, 2, 3, 4, 5);
  }

  @Test
  void refusesWhatIsNone() {
    assertThat(header.read(new byte[0])).isFalse();
    assertThat(header.read(new byte[] {1, 0, 0, 0, 0, 0, 0})).as("without payload").isFalse();
    assertThat(header.read(new byte[] {0, 0, 0, 0, 0, 0, 0, 0})).as("the link's own").isFalse();
    assertThat(header.read(new byte[] {(byte) 0xc0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0})).as("8 bytes").isFalse();
    byte[] large = new byte[1201];
    large[0] = 1;
    assertThat(header.read(large)).isFalse();
  }

  @Test
  void timesComeRound() {
    assertThat(MediaTime.difference(5, 0xff_fffe)).isEqualTo(7);
    assertThat(MediaTime.difference(0xff_fffe, 5)).isEqualTo(-7);
    assertThat(MediaTime.of(64_000L * 0x100_0003)).isEqualTo(3);
    assertThat(MediaTime.of(-1)).isEqualTo(0xff_ffff);
  }

  @Test
  void kindsAreTold() {
    assertThat(LinkDatagram.type(new byte[] {0, 3, 7})).isEqualTo(3);
    assertThat(LinkDatagram.type(new byte[] {0, 0, 7})).isEqualTo(LinkDatagram.MALFORMED);
    assertThat(LinkDatagram.type(new byte[] {0})).isEqualTo(LinkDatagram.MALFORMED);
  }
}
