package live.sluice.bench.clip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** Bytes that all publishers send, outside the heap, for as long as the process lives: nobody releases them. */
final class SharedBytes {
  private SharedBytes() {}

  static ByteBuf of(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(Math.max(1, bytes.length)).put(bytes).flip();
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct));
  }
}
