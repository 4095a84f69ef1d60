package live.sluice.bench.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtmpScannerTest {

  private static ByteSink scanner(List<String> notes) {
    return new RtmpScanner(
        Pieces.frames(notes), (type, stream, body) -> notes.add("message " + type + "/" + stream + " " + body.length));
  }

  private static void type0(ByteBuf out, int id, int type, long timestamp, int streamId, int length) {
    out.writeByte(id).writeMedium((int) Math.min(timestamp, 0xffffff)).writeMedium(length).writeByte(type);
    out.writeIntLE(streamId);
    if (timestamp >= 0xffffff) {
      out.writeInt((int) timestamp);
    }
  }

  @Test
  void messagesAreTheSameWhereverTheChunksAreCut() {
    ByteBuf out = Unpooled.buffer();
    // Three chunks of 128 bytes at most, another stream's message between them.
    byte[] picture = new byte[300];
    Arrays.fill(picture, (byte) 5);
    type0(out, 6, 9, 1_000, 1, 300);
    out.writeBytes(picture, 0, 128);
    type0(out, 4, 8, 1_010, 1, 3);
    out.writeBytes(new byte[3]);
    out.writeByte(0xc6).writeBytes(picture, 128, 128);
    out.writeByte(0xc6).writeBytes(picture, 256, 44);
    // A delta, the same again, a delta with a length; then a larger chunk size.
    out.writeByte(0x84).writeMedium(23).writeBytes(new byte[3]);
    out.writeByte(0xc4).writeBytes(new byte[3]);
    out.writeByte(0x44).writeMedium(20).writeMedium(4).writeByte(8).writeBytes(new byte[4]);
    type0(out, 2, 1, 0, 0, 4);
    out.writeInt(4_096);
    // An id of two bytes, an extended timestamp, and chunks that repeat it.
    out.writeByte(0).writeByte(100 - 64).writeMedium(0xffffff).writeMedium(5_000).writeByte(9).writeIntLE(1);
    out.writeInt(0x1000000).writeBytes(new byte[4_096]);
    out.writeByte(0xc0).writeByte(100 - 64).writeInt(0x1000000).writeBytes(new byte[904]);
    type0(out, 3, 20, 0, 0, 10);
    out.writeBytes(new byte[10]);
    byte[] input = Pieces.bytes(out);

    List<String> whole = Pieces.cut(input, 0, RtmpScannerTest::scanner);
    assertThat(whole).hasSize(7);
    assertThat(whole.get(0)).startsWith("8@1010 3 2");
    assertThat(whole.get(1)).startsWith("9@1000 300 128");
    assertThat(whole.get(2)).startsWith("8@1033 ");
    assertThat(whole.get(3)).startsWith("8@1056 ");
    assertThat(whole.get(4)).startsWith("8@1076 4");
    assertThat(whole.get(5)).startsWith("9@" + 0x1000000 + " 5000 128");
    assertThat(whole.get(6)).isEqualTo("message 20/0 10");
    for (int cut = 1; cut < input.length; cut++) {
      assertThat(Pieces.cut(input, cut, RtmpScannerTest::scanner)).isEqualTo(whole);
    }
    assertThat(Pieces.single(input, RtmpScannerTest::scanner)).isEqualTo(whole);
  }

  @Test
  void aNewHeaderWithinAMessageIsFound() {
    ByteBuf out = Unpooled.buffer();
    type0(out, 6, 9, 0, 1, 300);
    out.writeBytes(new byte[128]);
    type0(out, 6, 9, 0, 1, 300);
    assertThatThrownBy(() -> Pieces.cut(Pieces.bytes(out), 0, RtmpScannerTest::scanner))
        .isInstanceOf(ScanException.class);
  }
}
