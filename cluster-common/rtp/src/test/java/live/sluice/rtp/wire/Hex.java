package live.sluice.rtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Bytes written as people read them. */
public final class Hex {
  private Hex() {}

  /**
   * The bytes of that text, in which blanks do not count, behind one that is not theirs: no index may be taken for 0.
   */
  public static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("ee" + hex.replaceAll("\\s", ""))).skipBytes(1);
  }

  /** What stands between a buffer's indices. */
  public static String of(ByteBuf bytes) {
    return ByteBufUtil.hexDump(bytes);
  }
}
