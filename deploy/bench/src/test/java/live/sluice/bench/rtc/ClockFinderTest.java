package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import live.sluice.bench.clip.RtcClip;
import live.sluice.media.Codec;
import org.junit.jupiter.api.Test;

class ClockFinderTest {
  private final ClockFinder clocks = new ClockFinder();

  @Test
  void eachPacketOfSoundTellsItsClock() {
    assertThat(clocks.find(Codec.OPUS, RtcClip.SOUND.at(1_700_000_000_123_456_789L), 0)).isEqualTo(1_700_000_000_123_456_789L);
  }

  @Test
  void othersSoundTellsNone() {
    byte[] silence = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
    assertThat(clocks.find(Codec.OPUS, Unpooled.wrappedBuffer(silence), 0)).isEqualTo(Pictures.NO_CLOCK);
    assertThat(clocks.find(Codec.OPUS, Unpooled.buffer(60).writeByte(0xfb).writeZero(59), 0)).isEqualTo(Pictures.NO_CLOCK);
  }
}
