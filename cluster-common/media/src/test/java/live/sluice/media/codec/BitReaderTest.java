package live.sluice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class BitReaderTest {
  @Test
  void readsBitsFromTheMostSignificantOn() {
    BitReader in = bits("a5ff00000001");

    assertThat(in.number(4)).isEqualTo(10);
    assertThat(in.flag()).isFalse();
    in.skip(3);
    assertThat(in.number(8)).isEqualTo(255);
    assertThat(in.bits(32)).isEqualTo(1);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void readsExpGolombCodes() {
    BitReader in = bits("a6429800"); // 1 010 011 00100 00101 00110

    assertThat(new long[] {in.ue(), in.ue(), in.ue(), in.ue(), in.ue(), in.ue()}).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void readsSignedExpGolombCodes() {
    BitReader in = bits("a6429800");

    assertThat(new long[] {in.se(), in.se(), in.se(), in.se(), in.se()}).containsExactly(0, 1, -1, 2, -2);
  }

  @Test
  void readsTheLargestCode() {
    assertThat(bits("000000008" + "00000000").ue()).isEqualTo(0xffffffffL);
  }

  @Test
  void takesEmulationPreventionOut() {
    BitReader in = BitReader.ofNal(HexFormat.of().parseHex("67000003010000030000"), 1);

    assertThat(in.remaining()).isEqualTo(7 * 8);
    assertThat(in.bits(32)).isEqualTo(0x00000100L);
    assertThat(in.number(24)).isZero();
  }

  @Test
  void refusesToReadPastTheEnd() {
    assertThatThrownBy(() -> bits("ff").bits(9)).isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> bits("00").ue()).isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> bits("0000000000000000").ue()).isInstanceOf(SluiceException.class);
    assertThatThrownBy(() -> bits("40").ue(0)).isInstanceOf(SluiceException.class);
  }

  private static BitReader bits(String hex) {
    return new BitReader(HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0"));
  }
}
