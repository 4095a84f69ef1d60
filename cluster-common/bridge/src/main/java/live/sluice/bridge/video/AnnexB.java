package live.sluice.bridge.video;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** The byte stream format of H.264 (annex B), in which encoders give their NAL units. */
final class AnnexB {
  /** Bytes that lengths may take more than start codes do; more than an encoder gives NAL units. */
  static final int ROOM = 64;

  private static final int LENGTH = 4;

  private AnnexB() {}

  /** Writes the NAL units of {@code stream} behind lengths of 4 bytes. Nothing before the first start code counts. */
  static void toLengths(ByteBuffer stream, ByteBuf out) {
    int end = stream.limit();
    int start = afterStartCode(stream, stream.position(), end);
    while (start < end) {
      int next = afterStartCode(stream, start, end);
      int stop = next < end || endsWithStartCode(stream, start, end) ? next - 3 : end;
      // Zeros before a start code belong to it.
      while (stop > start && stream.get(stop - 1) == 0) {
        stop--;
      }
      if (stop > start) {
        out.ensureWritable(LENGTH + stop - start);
        out.writeInt(stop - start);
        out.writeBytes(stream.slice(start, stop - start));
      }
      start = next;
    }
  }

  private static boolean endsWithStartCode(ByteBuffer stream, int from, int end) {
    return end - from >= 3 && stream.get(end - 1) == 1 && stream.get(end - 2) == 0 && stream.get(end - 3) == 0;
  }

  /** The index behind the next start code; the end where there is none. */
  private static int afterStartCode(ByteBuffer stream, int from, int end) {
    for (int i = from; i + 2 < end; i++) {
      if (stream.get(i) == 0 && stream.get(i + 1) == 0 && stream.get(i + 2) == 1) {
        return i + 3;
      }
    }
    return end;
  }
}
