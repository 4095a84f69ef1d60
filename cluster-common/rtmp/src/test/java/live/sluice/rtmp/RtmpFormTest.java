package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.ThreadLocalRandom;
import live.sluice.container.flv.FlvBodyReader;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.rtmp.chunk.ChunkBounds;
import live.sluice.rtmp.chunk.ChunkReader;
import live.sluice.rtmp.chunk.ControlMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpFormTest {

  private static Frame frame(long dts, int length) {
    byte[] payload = new byte[length];
    ThreadLocalRandom.current().nextBytes(payload);
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(payload);
    return new Frame(Track.bare(Codec.H264), dts, 40, true, false, body);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 59_994, 59_995, 59_996, 60_000, 400_000})
  void whatIsWrittenIsReadBackWholeInOneBuffer(int length) {
    for (long dts : new long[] {0, 0xffffff, 0x1_0000_0000L - 1, 0x1_0000_0000L + 5}) {
      Frame frame = frame(dts, length);
      ByteBuf wire = frame.encoded(RtmpForm.RTMP, ByteBufAllocator.DEFAULT);
      assertThat(wire.isDirect()).isTrue();
      assertThat(wire.writableBytes()).isZero();
      FlvBodyReader bodies = new FlvBodyReader();
      int[] messages = new int[1];
      ChunkReader reader =
          new ChunkReader(
              ChunkBounds.ofMessage(1 << 20),
              ByteBufAllocator.DEFAULT,
              message -> {
                messages[0]++;
                assertThat(message.streamId()).isEqualTo(1);
                assertThat(message.timestamp()).isEqualTo(dts & 0xffffffffL);
                Frame read = bodies.read(message.type(), dts, message.payload());
                assertThat(read.pts()).isEqualTo(dts + 40);
                assertThat(ByteBufUtil.getBytes(read.payload())).isEqualTo(ByteBufUtil.getBytes(frame.payload()));
                read.release();
                message.release();
                return true;
              });
      ByteBuf size = ControlMessages.setChunkSize(ByteBufAllocator.DEFAULT, RtmpForm.chunkSize());
      reader.read(size);
      size.release();
      reader.read(wire.duplicate());
      assertThat(messages[0]).isOne();
      reader.close();
      frame.release();
    }
  }

  @Test
  void anotherMessageStreamGetsACopyAndTheSharedBytesStayAsTheyAre() {
    Frame frame = frame(5, 100);
    ByteBuf shared = frame.encoded(RtmpForm.RTMP, ByteBufAllocator.DEFAULT);
    ByteBuf other = RtmpForm.onStream(shared.retainedDuplicate(), 3);
    assertThat(other.getIntLE(8)).isEqualTo(3);
    assertThat(shared.getIntLE(8)).isEqualTo(1);
    other.release();
    ByteBuf same = RtmpForm.onStream(shared.retainedDuplicate(), 1);
    assertThat(same.memoryAddress()).isEqualTo(shared.memoryAddress());
    same.release();
    frame.release();
  }
}
