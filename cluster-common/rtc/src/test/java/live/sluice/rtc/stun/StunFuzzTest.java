package live.sluice.rtc.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class StunFuzzTest {
  private static final IntegrityKey KEY = new IntegrityKey(Vectors.PASSWORD);

  /** Whatever comes, it is a message within its bounds or none, and what it tells can be asked for. */
  @FuzzTest(maxDuration = "1m")
  void anyDatagram(byte[] data) {
    read(Unpooled.wrappedBuffer(data));
  }

  /** The same behind a header that is right, so that attributes are reached at once. */
  @FuzzTest(maxDuration = "1m")
  void anyAttributes(byte[] data) {
    int length = Math.min(data.length, 2000) & ~3;
    ByteBuf message = Unpooled.buffer();
    message.writeShort(1).writeShort(length).writeInt(StunHeader.MAGIC_COOKIE).writeZero(12);
    read(message.writeBytes(data, 0, length));
  }

  private static void read(ByteBuf datagram) {
    int readable = datagram.readableBytes();
    String asked = StunUsername.localUfrag(datagram);
    StunMessage message = StunMessage.read(datagram);
    if (message != null) {
      String username = message.username();
      message.authenticated(KEY);
      if (message.unknown().length > 8 || (username != null && username.length() > StunUsername.MAX_BYTES)) {
        throw new IllegalStateException("out of bounds");
      }
      if (asked != null && !message.isFor(asked)) {
        throw new IllegalStateException("two names in one message: " + asked + ", " + username);
      }
    }
    if (datagram.readableBytes() != readable) {
      throw new IllegalStateException("an index was moved");
    }
  }
}
