package live.sluice.rtmp.chunk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.SluiceException;

class ChunkReaderFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void anyBytesEndInMessagesWithinTheBoundsOrInARefusal(byte[] data) {
    ChunkBounds bounds = new ChunkBounds(100_000, 150_000, 16, 1 << 20);
    ChunkReader reader =
        new ChunkReader(
            bounds,
            ByteBufAllocator.DEFAULT,
            message -> {
              int length = message.payload().readableBytes();
              message.release();
              if (length > bounds.maxMessageBytes()) {
                throw new IllegalStateException("a message of " + length + " bytes");
              }
              return length % 2 == 0;
            });
    try {
      // The first byte says in pieces of which size the others come.
      int piece = data.length == 0 ? 1 : 1 + 3 * (data[0] & 0xff);
      for (int at = 1; at < data.length; at += piece) {
        ByteBuf in = Unpooled.wrappedBuffer(data, at, Math.min(piece, data.length - at));
        while (!reader.read(in)) {
          // The sink said stop; here it goes on.
        }
        if (reader.held() > bounds.maxPartialBytes() || in.isReadable()) {
          throw new IllegalStateException("it holds " + reader.held() + ", unread " + in.readableBytes());
        }
      }
    } catch (SluiceException e) {
      // A refusal is what hostile bytes should meet.
    } finally {
      reader.close();
    }
  }
}
