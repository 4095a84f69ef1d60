package live.sluice.hop.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Whatever another node streams as the packets that a subscription begins with. */
class FirstPacketsFuzzTest {
  /** The first byte says in pieces of how many the others come. */
  @FuzzTest(maxDuration = "1m")
  void anyBytes(byte[] data) {
    if (data.length < 2) {
      return;
    }
    int piece = 1 + (data[0] & 0xff);
    long[] handedOver = new long[1];
    try (FirstPackets.Reader reader = new FirstPackets.Reader()) {
      boolean end = false;
      for (int at = 1; at < data.length && !end; at += piece) {
        ByteBuf bytes = Unpooled.copiedBuffer(data, at, Math.min(piece, data.length - at));
        end =
            reader.read(
                bytes,
                (track, layer, keyframe, packet) -> {
                  assertThat(track).isBetween(0, 255);
                  assertThat(layer).isBetween(0, 255);
                  assertThat(packet.isReadable()).isTrue();
                  handedOver[0] += packet.readableBytes() + 5;
                  packet.release();
                });
        assertThat(bytes.refCnt()).as("it is let go of").isZero();
      }
      assertThat(handedOver[0]).as("no more than came").isLessThan(data.length);
    }
    assertThat(handedOver[0]).isEqualTo(wholePackets(data));
  }

  /** Bytes of all packets that are there as a whole, read the plain way. */
  private static long wholePackets(byte[] data) {
    ByteBuf all = Unpooled.wrappedBuffer(Arrays.copyOfRange(data, 1, data.length));
    long sum = 0;
    while (all.readableBytes() >= 2) {
      int length = all.readUnsignedShort();
      if (length == 0 || all.readableBytes() < length + 3) {
        break;
      }
      all.skipBytes(length + 3);
      sum += length + 5;
    }
    return sum;
  }
}
