package live.sluice.kwik;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Packets that came by one call: several of one size and sender may come as one message (UDP_GRO), which is dealt out packet
 * by packet. Confined to the thread that receives.
 */
final class Incoming {
  private static final int MOST_BYTES = 65_536;
  private static final int CONTROL = 64;
  private static final int CONTROL_HEAD = 16;

  private final int fd;
  private final MemorySegment bytes;
  private final MemorySegment address;
  private final MemorySegment lastAddress;
  private final MemorySegment message;
  private final MemorySegment control;
  private @Nullable InetSocketAddress from;
  private int at;
  private int end;
  private int segment;

  Incoming(int fd) {
    this.fd = fd;
    Arena arena = Arena.ofAuto();
    bytes = arena.allocate(MOST_BYTES);
    address = arena.allocate(SocketAddresses.MOST, 8);
    lastAddress = arena.allocate(SocketAddresses.MOST, 8);
    message = arena.allocate(56, 8);
    control = arena.allocate(CONTROL, 8);
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, bytes);
    vector.set(JAVA_LONG, 8, MOST_BYTES);
    message.set(ADDRESS, 0, address);
    message.set(ADDRESS, 16, vector);
    message.set(JAVA_LONG, 24, 1);
    message.set(ADDRESS, 32, control);
  }

  /** Takes the next packet of a message that came; false where none is left. */
  boolean take(DatagramPacket packet) {
    InetSocketAddress sender = from;
    if (at >= end || sender == null) {
      return false;
    }
    int length = Math.min(segment, end - at);
    int copied = Math.min(length, packet.getData().length - packet.getOffset());
    MemorySegment.copy(bytes, JAVA_BYTE, at, packet.getData(), packet.getOffset(), copied);
    packet.setLength(copied);
    packet.setSocketAddress(sender);
    at += length;
    return true;
  }

  /** Whether packets of a message that came are left. */
  boolean hasMore() {
    return at < end;
  }

  /** Waits for a message; what the system call says. */
  int receive() {
    message.set(JAVA_INT, 8, SocketAddresses.MOST);
    message.set(JAVA_LONG, 40, CONTROL);
    int received = Libc.recvmsg(fd, message);
    if (received > 0) {
      at = 0;
      end = received;
      segment = segmentSize(received);
      readAddress();
    }
    return received;
  }

  private int segmentSize(int received) {
    if (message.get(JAVA_LONG, 40) >= CONTROL_HEAD + Integer.BYTES
        && control.get(JAVA_INT, 8) == Libc.SOL_UDP
        && control.get(JAVA_INT, 12) == Libc.UDP_GRO) {
      int size = control.get(JAVA_INT, CONTROL_HEAD);
      return size > 0 ? size : received;
    }
    return received;
  }

  /** Most messages come from the sender of the one before. */
  private void readAddress() {
    if (from == null || address.mismatch(lastAddress) >= 0) {
      from = SocketAddresses.read(address);
      lastAddress.copyFrom(address);
    }
  }
}
