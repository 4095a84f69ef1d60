package live.sluice.rtc.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The value of XOR-MAPPED-ADDRESS, RFC 8489, section 14.2: an address mixed with cookie and transaction id, so that no
 * NAT between takes it for one that it should rewrite.
 */
final class XorAddress {
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int IPV4_BYTES = 8;
  private static final int IPV6_BYTES = 20;

  private XorAddress() {}

  /** Bytes of the value for {@code address}. */
  static int bytes(InetSocketAddress address) {
    return address.getAddress().getAddress().length + 4;
  }

  /** Appends it; the message's header stands at {@code start}. */
  static void write(ByteBuf out, int start, InetSocketAddress address) {
    byte[] raw = address.getAddress().getAddress();
    out.writeShort(raw.length == 4 ? IPV4 : IPV6);
    out.writeShort(address.getPort() ^ (StunHeader.MAGIC_COOKIE >>> 16));
    // Cookie and transaction id stand side by side in the header: 16 bytes to mix with.
    for (int i = 0; i < raw.length; i++) {
      out.writeByte(raw[i] ^ out.getByte(start + StunHeader.COOKIE_AT + i));
    }
  }

  /** Reads the {@code length} bytes at {@code at}; null where they are no address. */
  static @Nullable InetSocketAddress read(ByteBuf bytes, int start, int at, int length) {
    int family = length < 4 ? 0 : bytes.getUnsignedByte(at + 1);
    if ((family != IPV4 || length != IPV4_BYTES) && (family != IPV6 || length != IPV6_BYTES)) {
      return null;
    }
    int port = bytes.getUnsignedShort(at + 2) ^ (StunHeader.MAGIC_COOKIE >>> 16);
    byte[] raw = new byte[length - 4];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (bytes.getByte(at + 4 + i) ^ bytes.getByte(start + StunHeader.COOKIE_AT + i));
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(raw), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("addresses of " + raw.length + " bytes exist", e);
    }
  }
}
