package live.sluice.bench.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlvScannerTest {
  private final byte[] stream = Pieces.bytes(stream());

  static ByteBuf stream() {
    ByteBuf out = Unpooled.buffer();
    out.writeBytes(new byte[] {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0});
    tag(out, 18, 0, new byte[20]);
    byte[] sei = SenderClock.nal(false);
    SenderClock.set(sei, sei.length, 1_234_567_890_123L);
    byte[] picture = new byte[400];
    picture[0] = 0x17;
    picture[1] = 1;
    System.arraycopy(sei, 0, picture, 5, sei.length);
    tag(out, 9, 40, picture);
    tag(out, 8, 0x1234567, new byte[] {(byte) 0xaf, 1, 7});
    tag(out, 9, 80, new byte[0]);
    tag(out, 9, 120, new byte[] {0x27});
    return out;
  }

  static void tag(ByteBuf out, int type, int timestamp, byte[] body) {
    out.writeByte(type).writeMedium(body.length);
    out.writeMedium(timestamp & 0xffffff).writeByte(timestamp >>> 24).writeMedium(0).writeBytes(body);
    out.writeInt(11 + body.length);
  }

  @Test
  void framesAreTheSameWhereverTheStreamIsCut() {
    List<String> whole = Pieces.cut(stream, 0, notes -> new FlvScanner(Pieces.frames(notes)));
    assertThat(whole).hasSize(5);
    assertThat(whole.get(1)).startsWith("9@40 400 128").endsWith("clock 1234567890123");
    assertThat(whole.get(2)).startsWith("8@" + 0x1234567 + " 3 2");
    for (int cut = 1; cut < stream.length; cut++) {
      assertThat(Pieces.cut(stream, cut, notes -> new FlvScanner(Pieces.frames(notes)))).isEqualTo(whole);
    }
    assertThat(Pieces.single(stream, notes -> new FlvScanner(Pieces.frames(notes)))).isEqualTo(whole);
  }

  @Test
  void aWrongSizeAfterATagIsFound() {
    stream[13 + 11 + 20 + 3]++;
    assertThatThrownBy(() -> Pieces.cut(stream, 0, notes -> new FlvScanner(Pieces.frames(notes))))
        .isInstanceOf(ScanException.class)
        .hasMessageContaining("size after a tag");
  }

  @Test
  void whatIsNotFlvIsFound() {
    assertThatThrownBy(
            () -> Pieces.cut("<html></html>".getBytes(US_ASCII), 0, notes -> new FlvScanner(Pieces.frames(notes))))
        .isInstanceOf(ScanException.class)
        .hasMessageContaining("not FLV");
  }
}
