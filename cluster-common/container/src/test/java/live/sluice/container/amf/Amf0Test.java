package live.sluice.container.amf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class Amf0Test {
  @Test
  void writesWhatOthersWrite() {
    AmfObject object = AmfObject.object().put("app", "live").put("id", 2);
    assertThat(written("connect", 1, object, AmfNull.NULL))
        .isEqualTo(
            ("020007" + "636f6e6e656374")
                + ("00" + "3ff0000000000000")
                + ("03" + "0003617070" + "0200046c697665" + "00026964" + "004000000000000000" + "000009")
                + "05");
  }

  @Test
  void readsBackAllThatItWrites() {
    AmfObject inner = AmfObject.ecmaArray().put("duration", 0.0).put("stereo", true);
    Object[] values = {
      "a", 1.5, false, inner, AmfObject.object().put("inner", inner), List.of("x", 2.0, inner), AmfNull.NULL,
      AmfNull.UNDEFINED, new AmfDate(1e12, 0), "ü".repeat(32_767)
    };
    ByteBuf out = Unpooled.buffer();
    Amf0.write(out, values);

    assertThat(Amf0.readAll(out)).containsExactly(values);
  }

  @Test
  void readsTypedObjectsAndXmlAsPlainValues() {
    List<Object> values = read("10" + "0003436c73" + "000178" + "05" + "000009" + "0f" + "00000002" + "3c61");

    assertThat(values).containsExactly(AmfObject.object().put("x", AmfNull.NULL), "<a");
  }

  @Test
  void takesNoNoticeOfTheCountOfAnEcmaArray() {
    assertThat(read("08" + "ffffffff" + "000178" + "0101" + "000009"))
        .containsExactly(AmfObject.ecmaArray().put("x", true));
  }

  @Test
  void readsAnEcmaArrayThatEndsWithTheInput() {
    assertThat(read("08" + "00000001" + "000178" + "0101")).containsExactly(AmfObject.ecmaArray().put("x", true));
  }

  @Test
  void givesPropertiesOfTheTypeThatIsAskedFor() {
    AmfObject object = AmfObject.object().put("s", "text").put("n", 7).put("b", true).put("o", AmfObject.object());

    assertThat(object.string("s")).isEqualTo("text");
    assertThat(object.string("n")).isNull();
    assertThat(object.number("n", 0)).isEqualTo(7);
    assertThat(object.number("s", -1)).isEqualTo(-1);
    assertThat(object.bool("b", false)).isTrue();
    assertThat(object.object("o")).isNotNull();
    assertThat(object.object("missing")).isNull();
  }

  @Test
  void refusesObjectsThatAreTooDeep() {
    assertThat(read("0a00000001".repeat(Amf0.MAX_DEPTH) + "05")).hasSize(1);
    refuses(ErrorCode.TOO_LARGE, "0a00000001".repeat(Amf0.MAX_DEPTH + 1) + "05");
    refuses(ErrorCode.TOO_LARGE, ("03" + "000178").repeat(10_000));
  }

  @Test
  void refusesStringsThatAreTooLong() {
    refuses(ErrorCode.TOO_LARGE, "0c" + "00010000");
    refuses(ErrorCode.TOO_LARGE, "0c" + "ffffffff");
  }

  @Test
  void refusesTooManyValues() {
    assertThat(read("05".repeat(Amf0.MAX_VALUES))).hasSize(Amf0.MAX_VALUES);
    refuses(ErrorCode.TOO_LARGE, "05".repeat(Amf0.MAX_VALUES + 1));
    refuses(ErrorCode.TOO_LARGE, "0a" + "00005000" + "05".repeat(0x5000));
  }

  @Test
  void refusesWhatIsCutShort() {
    for (String hex :
        List.of("00", "003ff0", "01", "02", "0200", "020003", "03", "030001", "03000178",
            "08", "0a", "0b00", "0c0000")) {
      refuses(ErrorCode.PROTOCOL_ERROR, hex);
    }
    refuses(ErrorCode.PROTOCOL_ERROR, "0a" + "ffffffff");
  }

  @Test
  void refusesUnknownMarkersAndReferences() {
    refuses(ErrorCode.PROTOCOL_ERROR, "07" + "0000");
    refuses(ErrorCode.PROTOCOL_ERROR, "11" + "01");
    refuses(ErrorCode.PROTOCOL_ERROR, "ff");
    refuses(ErrorCode.PROTOCOL_ERROR, "09");
  }

  private static void refuses(ErrorCode code, String hex) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOfSatisfying(SluiceException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static List<Object> read(String hex) {
    return Amf0.readAll(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private static String written(Object... values) {
    ByteBuf out = Unpooled.buffer();
    Amf0.write(out, values);
    return ByteBufUtil.hexDump(out);
  }
}
