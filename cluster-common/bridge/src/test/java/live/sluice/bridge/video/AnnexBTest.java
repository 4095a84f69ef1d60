package live.sluice.bridge.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnexBTest {
  @ParameterizedTest
  @CsvSource({
    "00000001 6742, 000000026742",
    "00000001 6742 00000001 68ce, 000000026742 0000000268ce",
    "000001 6742 000001 68ce 000001 6501, 000000026742 0000000268ce 000000026501",
    "00000001 6742 00 00 00000001 68ce 0000, 000000026742 0000000268ce",
    "00000001 67 000003 42, 00000005 67 000003 42",
    "6742, ''",
    "000001, ''",
    "000001 000001 65, 00000001 65",
    "000001 65 000001, 00000001 65",
    "'', ''",
  })
  void unitsStandBehindTheirLengths(String stream, String wanted) {
    ByteBuf out = Unpooled.buffer();

    AnnexB.toLengths(ByteBuffer.wrap(hex(stream)), out);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(HexFormat.of().formatHex(hex(wanted)));
  }

  private static byte[] hex(String spaced) {
    return HexFormat.of().parseHex(spaced.replace(" ", ""));
  }
}
