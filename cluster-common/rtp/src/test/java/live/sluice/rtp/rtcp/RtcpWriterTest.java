package live.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import live.sluice.rtp.wire.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpWriterTest {
  private final ByteBuf out = Unpooled.buffer();
  private final Calls calls = new Calls();

  private List<String> readBack() {
    assertThat(new RtcpReader().read(out, calls)).isTrue();
    return calls.all;
  }

  @Test
  void reportsAreReadAsTheyWereWritten() {
    SenderReport report = new SenderReport(-1, Long.MIN_VALUE, -3, 0xffffffffL, 0x80000000L);
    ReportBlock block = new ReportBlock(-5, 255, -8_388_608, 0xffffffffL, 0xfffffffeL, -6, -7);
    ReportBlock other = new ReportBlock(6, 0, 8_388_607, 0, 0, 0, 0);

    RtcpWriter.senderReport(out, report, List.of(block));
    RtcpWriter.cname(out, -1, "sluice");
    RtcpWriter.receiverReport(out, 7, List.of(block, other));
    RtcpWriter.bye(out, -1);

    assertThat(readBack())
        .containsExactly(
            report.toString(), "-1 " + block, "cname -1 sluice", "7 " + block, "7 " + other, "bye -1");
  }

  @Test
  void moreBlocksThanAReportHasAreRefused() {
    List<ReportBlock> blocks = Collections.nCopies(32, new ReportBlock(1, 0, 0, 0, 0, 0, 0));

    assertThatThrownBy(() -> RtcpWriter.receiverReport(out, 1, blocks)).isInstanceOf(IllegalArgumentException.class);
    RtcpWriter.receiverReport(out.clear(), 1, blocks.subList(0, 31));
    assertThat(readBack()).hasSize(31);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "abcde"})
  void aNameOfAnyLengthEndsWithItsWord(String name) {
    RtcpWriter.cname(out, 1, name);
    RtcpWriter.pli(out, 1, 2);

    assertThat(readBack()).containsExactly("cname 1 " + name, "pli 2");
  }

  @Test
  void aNameTooLongIsRefused() {
    assertThatThrownBy(() -> RtcpWriter.cname(out, 1, "ä".repeat(128))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNackPutsSeventeenPacketsInAnEntry() {
    RtcpWriter.nack(out, 1, 2, new int[] {65_530, 65_531, 10, 11, 100}, 5);

    assertThat(Hex.of(out)).isEqualTo("81cd0005" + "00000001" + "00000002" + "fffa8001" + "000b0000" + "00640000");
    assertThat(readBack()).containsExactly("nack 2 65530", "nack 2 65531", "nack 2 10", "nack 2 11", "nack 2 100");
  }

  @Test
  void aNackForNothingIsNotWritten() {
    RtcpWriter.nack(out, 1, 2, new int[3], 0);

    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void keyframesAreAskedFor() {
    RtcpWriter.pli(out, 1, 2);
    RtcpWriter.fir(out, 1, 3, 256 + 4);

    assertThat(Hex.of(out))
        .isEqualTo("81ce00020000000100000002" + "84ce0004" + "00000001" + "00000000" + "00000003" + "04000000");
    assertThat(readBack()).containsExactly("pli 2", "fir 3 4");
  }

  @Test
  void estimatesAreRoundedDownToEighteenBits() {
    List<String> expected = new ArrayList<>();
    for (long rate : new long[] {0, 1, 0x3ffff, 0x40001, 2_500_000, Long.MAX_VALUE}) {
      RtcpWriter.remb(out, 1, rate, 2, 3);
      int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(rate) - 18);
      expected.add("remb " + (rate >> exponent << exponent));
    }

    assertThat(readBack()).isEqualTo(expected);
    assertThat(expected).contains("remb 0", "remb 1", "remb 262143", "remb 262144");
  }

  @Test
  void anEstimateForNoStreamInParticularIsOneToo() {
    RtcpWriter.remb(out, 1, 1000);

    assertThat(readBack()).containsExactly("remb 1000");
  }
}
