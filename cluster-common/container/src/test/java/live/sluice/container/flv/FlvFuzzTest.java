package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.SluiceException;

class FlvFuzzTest {
  private static final int MAX_BODY = 1 << 20;
  private static final int PIECE = 1000;

  /** A stream gives frames or is refused with a code; every frame can be written. */
  @FuzzTest(maxDuration = "1m")
  void anyStream(byte[] data) {
    try (FlvFrameSource source = new FlvFrameSource(ByteBufAllocator.DEFAULT, MAX_BODY)) {
      for (int at = 0; at < data.length; at += PIECE) {
        ByteBuf in = Unpooled.wrappedBuffer(data, at, Math.min(PIECE, data.length - at));
        for (Frame frame = source.read(in); frame != null; frame = source.read(in)) {
          try {
            FlvForm.FLV.encode(frame, ByteBufAllocator.DEFAULT).release();
          } finally {
            frame.release();
          }
        }
      }
    } catch (SluiceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.PROTOCOL_ERROR, ErrorCode.TOO_LARGE);
    }
  }

  /** Whatever frame a body gives, what we write of it gives the same frame again. The first byte is the tag's type. */
  @FuzzTest(maxDuration = "1m")
  void anyBody(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Frame frame;
    try {
      frame = new FlvBodyReader().read(data[0], 0, Unpooled.wrappedBuffer(data, 1, data.length - 1));
    } catch (SluiceException refused) {
      assertThat(refused.code()).isIn(ErrorCode.PROTOCOL_ERROR, ErrorCode.TOO_LARGE);
      return;
    }
    if (frame == null) {
      return;
    }
    ByteBuf body = Unpooled.buffer();
    FlvBody.header(frame, body);
    assertThat(body.readableBytes()).isEqualTo(FlvBody.headerLength(frame));
    body.writeBytes(frame.payload().duplicate());
    Frame again = new FlvBodyReader().read(FlvBody.tagType(frame), 0, body);
    assertThat(again).isNotNull();
    assertThat(again.track().codec()).isEqualTo(frame.track().codec());
    assertThat(again.track().config()).isEqualTo(frame.track().config());
    assertThat(again.config()).isEqualTo(frame.config());
    assertThat(again.keyframe()).isEqualTo(frame.keyframe());
    assertThat(again.compositionOffset()).isEqualTo(frame.compositionOffset());
    assertThat(again.payload()).isEqualTo(frame.payload());
    frame.release();
    again.release();
  }
}
