package live.sluice.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class PacketWriterTest {
  private final PacketWriter writer = new PacketWriter(Payloads.track(Codec.H264), Payloads.ALLOCATOR);

  @Test
  void headersAreThoseOfVersionTwoWithTheMarkerOnTheLast() {
    List<RtpPacket> packets = new ArrayList<>();
    ByteBuf buffer = writer.open(100);
    writer.begin(0x12345678);
    buffer.writeByte(1);
    writer.begin(0x12345678);
    buffer.writeByte(2).writeByte(3);
    writer.finish(true, true, 99, packets::add);
    writer.close();

    assertThat(packets)
        .extracting(packet -> ByteBufUtil.hexDump(packet.bytes()))
        .containsExactly("806000001234567800000000" + "01", "80e000011234567800000000" + "0203");
    assertThat(packets).extracting(RtpPacket::arrivalNanos).containsOnly(99L);
    packets.forEach(RtpPacket::release);
  }

  @Test
  void sequenceNumbersWrap() {
    writer.open(12 * 65_536);
    for (int i = 0; i < 65_536; i++) {
      writer.begin(0);
    }
    writer.close();
    List<RtpPacket> packets = new ArrayList<>();
    writer.open(12);
    writer.begin(0);
    writer.finish(true, false, 0, packets::add);
    writer.close();

    assertThat(packets.getFirst().sequence()).isZero();
    packets.forEach(RtpPacket::release);
  }
}
