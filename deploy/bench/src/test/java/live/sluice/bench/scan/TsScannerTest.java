package live.sluice.bench.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TsScannerTest {

  private static byte[] segment() {
    byte[] bytes = new byte[3 * 188];
    for (int i = 0; i < 3; i++) {
      bytes[i * 188] = 0x47;
    }
    bytes[188 + 1] = 0x41;
    byte[] nal = SenderClock.nal(false);
    SenderClock.set(nal, nal.length, 77);
    System.arraycopy(nal, 0, bytes, 188 + 60, nal.length);
    return bytes;
  }

  @Test
  void theClockIsFoundWhereverTheSegmentIsCut() {
    for (int cut = 0; cut <= 3 * 188; cut++) {
      assertThat(Pieces.cut(segment(), cut, notes -> new TsScanner(clock -> notes.add("clock " + clock))))
          .isEqualTo(List.of("clock 77"));
    }
  }

  @Test
  void aPacketWithoutItsSyncByteIsFound() {
    byte[] segment = segment();
    segment[2 * 188] = 0;
    assertThatThrownBy(() -> Pieces.cut(segment, 0, notes -> new TsScanner(clock -> {})))
        .isInstanceOf(ScanException.class);
  }
}
