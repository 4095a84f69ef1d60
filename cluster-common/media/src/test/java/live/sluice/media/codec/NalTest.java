package live.sluice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class NalTest {
  @Test
  void walksOverNalUnitsAndPassesOverEmptyOnes() {
    NalCursor cursor = new NalCursor();

    assertThat(walk(cursor, "00000002090f" + "00000000" + "000000036588aa", 4)).containsExactly("9:2", "5:3");
    assertThat(cursor.truncated()).isFalse();
    assertThat(walk(cursor, "0002090f" + "00036588aa", 2)).containsExactly("9:2", "5:3");
    assertThat(walk(cursor, "02090f" + "036588aa", 1)).containsExactly("9:2", "5:3");
  }

  @Test
  void stopsWhereALengthPointsPastTheEnd() {
    NalCursor cursor = new NalCursor();

    assertThat(walk(cursor, "00000002090f" + "ffffffff65", 4)).containsExactly("9:2");
    assertThat(cursor.truncated()).isTrue();
    assertThat(walk(cursor, "00000002090f" + "0000", 4)).containsExactly("9:2");
    assertThat(cursor.truncated()).isTrue();
  }

  @Test
  void refusesALengthOfThreeBytes() {
    assertThatThrownBy(() -> new NalCursor().reset(Unpooled.EMPTY_BUFFER, 3)).isInstanceOf(SluiceException.class);
  }

  @Test
  void knowsTheKindsOfNalUnits() {
    assertThat(Nal.isRandomAccess(Codec.H264, Nal.type(Codec.H264, 0x65))).isTrue();
    assertThat(Nal.isRandomAccess(Codec.H264, Nal.type(Codec.H264, 0x41))).isFalse();
    assertThat(Nal.isRandomAccess(Codec.HEVC, Nal.type(Codec.HEVC, 0x2a))).isTrue(); // CRA
    assertThat(Nal.isRandomAccess(Codec.HEVC, Nal.type(Codec.HEVC, 0x02))).isFalse();
    assertThat(Nal.isParameterSet(Codec.H264, Nal.type(Codec.H264, 0x67))).isTrue();
    assertThat(Nal.isParameterSet(Codec.HEVC, Nal.type(Codec.HEVC, 0x40))).isTrue();
    assertThat(Nal.isDelimiter(Codec.H264, 9)).isTrue();
    assertThat(Nal.isDelimiter(Codec.HEVC, 35)).isTrue();
    assertThat(Nal.isSei(Codec.H264, 6)).isTrue();
    assertThat(Nal.isSei(Codec.HEVC, 39)).isTrue();
    assertThat(Nal.isSlice(Codec.H264, 5)).isTrue();
    assertThat(Nal.isSlice(Codec.HEVC, 32)).isFalse();
  }

  private static List<String> walk(NalCursor cursor, String hex, int lengthSize) {
    ByteBuf payload = Unpooled.wrappedBuffer(HexFormat.of().parseHex("ff" + hex)).skipBytes(1);
    List<String> units = new ArrayList<>();
    cursor.reset(payload, lengthSize);
    while (cursor.next()) {
      units.add(Nal.type(Codec.H264, cursor.firstByte()) + ":" + cursor.length());
    }
    assertThat(payload.readerIndex()).isEqualTo(1);
    return units;
  }
}
