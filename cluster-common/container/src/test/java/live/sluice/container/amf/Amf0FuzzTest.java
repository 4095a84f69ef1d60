package live.sluice.container.amf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

class Amf0FuzzTest {
  /** Whatever can be read can be written, and reads the same again; all else is refused with its code. */
  @FuzzTest(maxDuration = "1m")
  void anyValues(byte[] data) {
    List<Object> values;
    try {
      values = Amf0.readAll(Unpooled.wrappedBuffer(data));
    } catch (SluiceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.PROTOCOL_ERROR, ErrorCode.TOO_LARGE);
      return;
    }
    ByteBuf out = Unpooled.buffer();
    for (Object value : values) {
      Amf0.write(out, value);
    }
    assertThat(Amf0.readAll(out)).isEqualTo(values);
  }
}
