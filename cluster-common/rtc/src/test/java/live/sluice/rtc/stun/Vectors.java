package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** The samples of RFC 5769, sections 2.1 to 2.3, whose algorithms RFC 8489 kept. */
final class Vectors {
  static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  static final String REQUEST =
      "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
          + "80290008932ff9b151263b36000600096576746a3a68367659202020"
          + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
  static final String IPV4_ANSWER =
      "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
          + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";
  static final String IPV6_ANSWER =
      "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
          + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
          + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

  private Vectors() {}

  static ByteBuf buffer(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
  }

  /** The same behind bytes that are no part of it: nothing may count from the buffer's first byte. */
  static ByteBuf shifted(String hex) {
    return buffer("ffffffffff" + hex).skipBytes(5);
  }
}
