package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;

class GoodbyeTest {
  private static final RtpTrack AUDIO = new RtpTrack(0, Codec.OPUS, 48_000, 2, "", List.of(""));

  @Test
  void eachTrackThatWasSentIsSaidGoodbyeFor() {
    assertThat(packets(sent(7), unsent(8), sent(9))).containsExactly("201 of 7", "202 of 7", "203 of 7", "203 of 9");
  }

  @Test
  void whereNothingWasSentNothingIsSaid() {
    assertThat(packets(unsent(8))).isEmpty();
  }

  private static EgressTrack unsent(int ssrc) {
    return new EgressTrack(AUDIO, new EgressWire(ssrc, 96, 2, 97, 0), 99, 5_000);
  }

  private static EgressTrack sent(int ssrc) {
    EgressTrack track = unsent(ssrc);
    ByteBuf bytes = Unpooled.buffer(16).writeByte(0x80).writeByte(96).writeShort(1).writeInt(1).writeInt(1).writeInt(7);
    RtpPacket packet = new RtpPacket(AUDIO, 0, bytes, 12, false, 0);
    assertThat(track.takes(packet)).isTrue();
    track.sent(packet);
    return track;
  }

  /** Type and SSRC of each packet of the compound one. */
  private static List<String> packets(EgressTrack... tracks) {
    ByteBuf out = Unpooled.buffer();
    Goodbye.write(out, tracks, "name");
    List<String> found = new ArrayList<>();
    while (out.isReadable()) {
      int words = out.getUnsignedShort(out.readerIndex() + 2);
      found.add(out.getUnsignedByte(out.readerIndex() + 1) + " of " + out.getInt(out.readerIndex() + 4));
      out.skipBytes(4 + 4 * words);
    }
    return found;
  }
}
