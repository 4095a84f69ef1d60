package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

class Rfc4571ReaderTest {
  private static final byte[] STREAM = HexFormat.of().parseHex("0001aa" + "0000" + "0003bbccdd" + "0000" + "0002eeff");

  private final Rfc4571Reader reader = new Rfc4571Reader(ByteBufAllocator.DEFAULT, 1_000);

  private List<String> read(byte[] bytes, int from, int to) {
    List<String> bodies = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(bytes, from, to - from);
    for (ByteBuf body = reader.read(in); body != null; body = reader.read(in)) {
      bodies.add(ByteBufUtil.hexDump(body));
      body.release();
    }
    return bodies;
  }

  @Test
  void framesAreCutOutAndEmptyOnesArePassedOver() {
    assertThat(read(STREAM, 0, STREAM.length)).containsExactly("aa", "bbccdd", "eeff");
  }

  @Test
  void whereTheNetworkCutsDoesNotMatter() {
    for (int cut = 0; cut <= STREAM.length; cut++) {
      List<String> bodies = read(STREAM, 0, cut);
      bodies.addAll(read(STREAM, cut, STREAM.length));
      assertThat(bodies).as("cut at %s", cut).containsExactly("aa", "bbccdd", "eeff");
    }
  }

  @Test
  void aBodyOfItsOwnSizeIsMadeForEachFrame() {
    ByteBuf body = reader.read(Unpooled.wrappedBuffer(STREAM));
    assertThat(body).isNotNull();
    assertThat(body.capacity()).isEqualTo(1);
    body.release();
  }

  @Test
  void aFramePastTheBoundIsRefusedBeforeMemoryIsSpentOnIt() {
    byte[] large = HexFormat.of().parseHex("03e9");
    assertThatThrownBy(() -> read(large, 0, 2))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void aBodyThatIsHalfReadIsReleased() {
    assertThat(read(STREAM, 0, 7)).containsExactly("aa");
    reader.close();
    assertThat(read(STREAM, 0, 3)).as("it could begin anew").containsExactly("aa");
  }
}
