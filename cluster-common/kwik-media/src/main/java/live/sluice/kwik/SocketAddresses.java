package live.sluice.kwik;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Addresses as the system has them: {@code sockaddr_in} and {@code sockaddr_in6}. */
final class SocketAddresses {
  /** Bytes of the larger one. */
  static final int MOST = 28;

  private static final int INET = 16;
  private static final int INET6_ADDRESS = 8;
  private static final int INET_ADDRESS = 4;
  private static final int MAPPED = 12;
  private static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddresses() {}

  /** Bytes of an address of that family. */
  static int size(int family) {
    return family == Libc.AF_INET ? INET : MOST;
  }

  /** Writes an address for a socket of that family; IPv4 as a mapped one where the socket is of IPv6. */
  static void write(MemorySegment out, int family, InetAddress address, int port) {
    out.asSlice(0, size(family)).fill((byte) 0);
    out.set(JAVA_SHORT_UNALIGNED, 0, (short) family);
    out.set(PORT, 2, (short) port);
    byte[] bytes = address.getAddress();
    if (family == Libc.AF_INET) {
      MemorySegment.copy(bytes, 0, out, JAVA_BYTE, INET_ADDRESS, bytes.length);
    } else if (address instanceof Inet4Address) {
      out.set(JAVA_SHORT_UNALIGNED, INET6_ADDRESS + 10, (short) -1);
      MemorySegment.copy(bytes, 0, out, JAVA_BYTE, INET6_ADDRESS + MAPPED, bytes.length);
    } else {
      MemorySegment.copy(bytes, 0, out, JAVA_BYTE, INET6_ADDRESS, bytes.length);
    }
  }

  /** Reads an address; a mapped one as IPv4. */
  static InetSocketAddress read(MemorySegment in) {
    int family = in.get(JAVA_SHORT_UNALIGNED, 0);
    byte[] bytes = new byte[family == Libc.AF_INET ? 4 : 16];
    MemorySegment.copy(in, JAVA_BYTE, family == Libc.AF_INET ? INET_ADDRESS : INET6_ADDRESS, bytes, 0, bytes.length);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), in.get(PORT, 2) & 0xffff);
    } catch (UnknownHostException e) {
      throw new AssertionError("its length is right", e);
    }
  }
}
