package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import live.sluice.rtmp.chunk.ChunkBounds;
import live.sluice.rtmp.chunk.ChunkReader;
import live.sluice.rtmp.chunk.ChunkWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** RTMP: one video message read from its chunks. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RtmpChunks extends InnerLoop {
  private static final int VIDEO = 9;

  /** 128: a publisher that never sets a size; 4096: OBS; 60,000: ffmpeg and ourselves. */
  @Param({"128", "4096", "60000"})
  public int chunkSize;

  private ByteBuf message;
  private ChunkReader reader;

  /** Writes the message that is read again and again. */
  @Setup
  public void prepare() {
    ByteBuf payload = Media.picture();
    int length = payload.readableBytes();
    message = Unpooled.directBuffer(ChunkWriter.size(chunkSize, 0, length));
    ChunkWriter.begin(message, chunkSize, ChunkWriter.VIDEO, VIDEO, 0, 1, length).body(message, payload);
    reader =
        new ChunkReader(
            ChunkBounds.ofMessage(1 << 20),
            ByteBufAllocator.DEFAULT,
            read -> {
              read.release();
              return true;
            });
    ByteBuf set = Unpooled.buffer(4).writeInt(chunkSize);
    ByteBuf control = Unpooled.buffer(16);
    ChunkWriter.begin(control, 128, ChunkWriter.CONTROL, 1, 0, 0, 4).body(control, set);
    reader.read(control);
  }

  /** A message, from its chunks to its release. */
  @Benchmark
  public boolean read() {
    return reader.read(message.readerIndex(0));
  }
}
