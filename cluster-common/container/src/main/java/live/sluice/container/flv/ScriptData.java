package live.sluice.container.flv;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * Script data: what publishers wrap in {@code @setDataFrame} is unwrapped, metadata is told from the rest, and all else
 * passes through unread.
 */
final class ScriptData {
  private static final byte[] SET = name("@setDataFrame");
  private static final byte[] CLEAR = name("@clearDataFrame");
  private static final byte[] META = name("onMetaData");

  private final Track track = Track.bare(Codec.SCRIPT);

  @Nullable Frame read(long dts, ByteBuf body) {
    int start = body.readerIndex();
    int end = body.writerIndex();
    if (startsWith(body, start, end, CLEAR)) {
      return null;
    }
    if (startsWith(body, start, end, SET)) {
      start += SET.length;
    }
    boolean metadata = startsWith(body, start, end, META);
    if (metadata) {
      FlvBodyReader.checkConfigSize(end - start);
    }
    if (start == end) {
      return null;
    }
    // Metadata is kept for long, and would keep the memory of whatever lies around it.
    ByteBuf payload = metadata ? body.copy(start, end - start) : body.retainedSlice(start, end - start);
    return new Frame(track, dts, 0, false, metadata, payload);
  }

  /** The bytes of a string in AMF0: marker 2, length, text. */
  private static byte[] name(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[3 + ascii.length];
    bytes[0] = 2;
    bytes[2] = (byte) ascii.length;
    System.arraycopy(ascii, 0, bytes, 3, ascii.length);
    return bytes;
  }

  private static boolean startsWith(ByteBuf body, int start, int end, byte[] prefix) {
    if (end - start < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (body.getByte(start + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
