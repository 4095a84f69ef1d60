package live.sluice.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusPacketTest {
  /** First byte: configuration (5 bits), stereo, number of frames (2 bits); RFC 6716, table 2. */
  @ParameterizedTest
  @CsvSource({
    "0x00, 10", "0x08, 20", "0x10, 40", "0x18, 60", "0x60, 10", "0x68, 20", "0x88, 5", "0x90, 10", "0x98, 20",
    "0xfc, 20", "0x99, 40", "0x9a, 40"
  })
  void tellsDurations(String first, int millis) {
    byte[] packet = {Integer.decode(first).byteValue(), 0};

    assertThat(OpusPacket.ticks(Unpooled.wrappedBuffer(packet))).isEqualTo(millis * 48);
  }

  @ParameterizedTest
  @CsvSource({"0x9b, 3, 60", "0x83, 2, 5", "0x9b, 7, 0", "0x9b, 0, 0"})
  void countsFrames(String first, int count, int millis) {
    byte[] packet = {Integer.decode(first).byteValue(), (byte) count};

    assertThat(OpusPacket.ticks(Unpooled.wrappedBuffer(packet))).isEqualTo(millis * 48);
  }
}
