package live.sluice.rtmp.chunk;

import static live.sluice.rtmp.chunk.Chunks.body;
import static live.sluice.rtmp.chunk.Chunks.describe;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import live.sluice.rtmp.chunk.Chunks.Recorder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkWriterTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 255, 256, 257, 10_000})
  void theReaderReadsWhatIsWrittenAndTheSizeIsKnownBefore(int length) {
    for (int timestamp : new int[] {0, 0xfffffe, 0xffffff, 0x1000000, -1}) {
      ByteBuf out = Unpooled.buffer();
      ByteBuf body = body(length);
      ChunkWriter writer = ChunkWriter.begin(out, 128, ChunkWriter.VIDEO, 9, timestamp, 1, length);
      int cut = length / 3;
      writer.body(out, body.slice(0, cut)).body(out, body.slice(cut, length - cut));
      assertThat(out.readableBytes()).isEqualTo(ChunkWriter.size(128, timestamp, length));
      try (Recorder recorder = new Recorder()) {
        recorder.read(out);
        assertThat(recorder.got).containsExactly(describe(9, timestamp & 0xffffffffL, 1, body));
      }
    }
  }
}
