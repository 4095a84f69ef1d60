package live.sluice.bench.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class WsScannerTest {

  private static ByteSink scanner(List<String> notes) {
    return new WsScanner(
        new FlvScanner(Pieces.frames(notes)),
        new WsScanner.Control() {
          @Override
          public void ping(byte[] payload) {
            notes.add("ping " + new String(payload, US_ASCII));
          }

          @Override
          public void close(int code) {
            notes.add("close " + code);
          }
        });
  }

  @Test
  void thePayloadIsOneStreamWhateverItsFramesAndCuts() {
    byte[] flv = Pieces.bytes(FlvScannerTest.stream());
    ByteBuf out = Unpooled.buffer();
    out.writeByte(0x82).writeByte(100).writeBytes(flv, 0, 100);
    out.writeByte(0x02).writeByte(126).writeShort(150).writeBytes(flv, 100, 150);
    out.writeByte(0x89).writeByte(2).writeBytes("hi".getBytes(US_ASCII));
    int rest = flv.length - 250;
    out.writeByte(0x80).writeByte(127).writeLong(rest).writeBytes(flv, 250, rest);
    out.writeByte(0x88).writeByte(2).writeShort(1001);
    byte[] input = Pieces.bytes(out);
    List<String> whole = Pieces.cut(input, 0, WsScannerTest::scanner);
    assertThat(whole).hasSize(7).contains("ping hi").endsWith("close 1001");
    assertThat(whole.stream().filter(note -> note.contains("@")))
        .isEqualTo(Pieces.cut(flv, 0, notes -> new FlvScanner(Pieces.frames(notes))));
    for (int cut = 1; cut < input.length; cut++) {
      assertThat(Pieces.cut(input, cut, WsScannerTest::scanner)).isEqualTo(whole);
    }
  }

  @Test
  void maskedFramesAndOverlongPingsOfAServerAreFound() {
    for (byte[] broken : List.of(new byte[] {(byte) 0x82, (byte) 0x81, 0}, new byte[] {(byte) 0x89, 126, 0, 126})) {
      assertThatThrownBy(() -> Pieces.cut(broken, 0, WsScannerTest::scanner)).isInstanceOf(ScanException.class);
    }
  }
}
