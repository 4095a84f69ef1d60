package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import org.junit.jupiter.api.Test;

class FlvFormTest {
  @Test
  void writesAWholeTag() {
    Frame frame = frame(0x1_8123_4567L);

    assertThat(ByteBufUtil.hexDump(frame.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT)))
        .isEqualTo("09000007" + "23456781" + "000000" + "1701000028" + "aabb" + "00000012");
    assertThat(frame.payload().readerIndex()).isEqualTo(1);
    frame.release();
  }

  @Test
  void movesATagToAnotherTime() {
    Frame frame = frame(10);
    ByteBuf tag = FlvForm.FLV.encode(frame, ByteBufAllocator.DEFAULT);
    Frame later = frame(0x1_8123_4567L);

    FlvForm.FLV.restamp(tag, later);

    assertThat(tag).isEqualTo(later.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT));
    tag.release();
    frame.release();
    later.release();
  }

  @Test
  void writesTheHeaderOfAStream() {
    assertThat(FlvHeader.bytes(true, true)).isEqualTo(HexFormat.of().parseHex("464c5601050000000900000000"));
    assertThat(FlvHeader.bytes(true, false)[4]).isEqualTo((byte) 4);
    assertThat(FlvHeader.bytes(false, true)[4]).isEqualTo((byte) 1);
  }

  private static Frame frame(long dts) {
    ByteBuf payload = Unpooled.wrappedBuffer(HexFormat.of().parseHex("00aabb")).skipBytes(1);
    return new Frame(Track.bare(Codec.H264), dts, 40, true, false, payload);
  }
}
