package live.sluice.container.ts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

class TsReaderFuzzTest {
  private static final int PIECE = 1000;

  /** Whatever comes, it is read to its end, and what is given keeps its bounds. */
  @FuzzTest(maxDuration = "1m")
  void anyStream(byte[] data) {
    TsReader reader =
        new TsReader(
            new TsReader.Sink() {
              @Override
              public void onUnit(
                  int pid, int streamType, long pts, long dts, boolean randomAccess, ByteBuf payload) {
                assertThat(payload.readableBytes()).isLessThanOrEqualTo(data.length);
                assertThat(pts).isBetween(0L, Ts.TIME_MASK);
                assertThat(dts).isBetween(0L, Ts.TIME_MASK);
              }

              @Override
              public void onProgram(int version, Map<Integer, Integer> streamTypeByPid) {
                assertThat(streamTypeByPid).hasSizeLessThanOrEqualTo(TsReader.MAX_TRACKS);
              }
            });
    for (int at = 0; at < data.length; at += PIECE) {
      ByteBuf piece = Unpooled.wrappedBuffer(data, at, Math.min(PIECE, data.length - at));
      reader.read(piece);
      assertThat(piece.isReadable()).isFalse();
    }
    reader.finish();
    reader.close();
  }
}
