package live.sluice.container.ts;

import static live.sluice.container.ts.TestFrames.AAC;
import static live.sluice.container.ts.TestFrames.AVC;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import live.sluice.media.Frame;
import org.junit.jupiter.api.Test;

class TsReaderTest {
  private static byte[] stream() {
    TsMuxer muxer = new TsMuxer();
    ByteBuf out = Unpooled.buffer();
    muxer.tracks(AVC, AAC);
    muxer.begin(out);
    for (int i = 0; i < 10; i++) {
      for (Frame frame :
          List.of(TestFrames.key(AVC, i * 40L, 0, 1000), TestFrames.sound(AAC, i * 40L, 200))) {
        muxer.write(frame, out);
        frame.release();
      }
    }
    muxer.flush(out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static ReadBack read(byte[] bytes, int piece) {
    ReadBack back = new ReadBack();
    for (int at = 0; at < bytes.length; at += piece) {
      back.feed(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
    }
    back.finish();
    back.close();
    return back;
  }

  @Test
  void piecesOfAnySizeGiveTheSame() {
    byte[] bytes = stream();
    for (int piece : new int[] {1, 7, 187, 188, 189, 5_000, bytes.length}) {
      ReadBack back = read(bytes, piece);

      assertThat(back.video()).as("pieces of %d", piece).hasSize(10);
      assertThat(back.audio()).hasSize(10);
      assertThat(back.errors()).isZero();
    }
  }

  @Test
  void aLostPacketCostsOneUnitAndIsCounted() {
    byte[] bytes = stream();
    byte[] lost = new byte[bytes.length - Ts.PACKET];
    int at = 4 * Ts.PACKET;
    System.arraycopy(bytes, 0, lost, 0, at);
    System.arraycopy(bytes, at + Ts.PACKET, lost, at, lost.length - at);

    ReadBack back = read(lost, 1000);

    assertThat(back.video()).hasSize(9);
    assertThat(back.errors()).isEqualTo(1);
  }

  @Test
  void garbageBetweenPacketsIsPassedOver() {
    byte[] bytes = stream();
    ByteBuf dirty = Unpooled.buffer().writeBytes(bytes, 0, Ts.PACKET * 2).writeZero(33);
    dirty.writeBytes(bytes, Ts.PACKET * 2, bytes.length - Ts.PACKET * 2);
    ReadBack back = new ReadBack();

    back.read(dirty);
    back.close();

    assertThat(back.video()).hasSize(10);
    assertThat(back.errors()).isEqualTo(1);
  }

  @Test
  void aTableWithAWrongChecksumIsNotBelieved() {
    byte[] bytes = stream();
    bytes[Ts.PACKET + 20] ^= 1;

    ReadBack back = read(bytes, bytes.length);

    assertThat(back.video()).isEmpty();
    assertThat(back.errors()).isEqualTo(1);
  }

  @Test
  void unwrappingGoesToTheNearestTime() {
    assertThat(Ts.unwrap(Ts.TIME_MASK, 5)).isEqualTo(Ts.TIME_MASK + 6);
    assertThat(Ts.unwrap(1L << 33, Ts.TIME_MASK)).isEqualTo(Ts.TIME_MASK);
    assertThat(Ts.unwrap(100, 50)).isEqualTo(50);
  }
}
