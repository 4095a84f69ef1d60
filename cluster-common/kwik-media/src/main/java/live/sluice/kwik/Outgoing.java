package live.sluice.kwik;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one thread that wait to be sent to one address: runs of packets of one size go as one message that the system,
 * or the network card, cuts up (UDP_SEGMENT), and all messages by one call. Confined to its thread.
 */
final class Outgoing {
  /** Most packets that wait; also the most that the system cuts a message into. */
  private static final int MOST = 64;

  /** Bytes of a message at most, as the length field of UDP bounds it. */
  private static final int MOST_BYTES = 65_000;

  private static final int PACKET = 1500;
  private static final int MESSAGE = 64;
  private static final int VECTOR = 16;
  private static final int CONTROL = 24;
  private static final int CONTROL_LENGTH = 18;

  private final int fd;
  private final int family;
  private final SegmentationSupport support;
  private final MemorySegment bytes;
  private final MemorySegment address;
  private final MemorySegment messages;
  private final MemorySegment vectors;
  private final MemorySegment controls;
  private final int[] lengths = new int[MOST];
  private @Nullable InetAddress to;
  private int toPort;
  private int count;
  private int filled;

  Outgoing(int fd, int family, SegmentationSupport support) {
    this.fd = fd;
    this.family = family;
    this.support = support;
    Arena arena = Arena.ofAuto();
    bytes = arena.allocate((long) MOST * PACKET);
    address = arena.allocate(SocketAddresses.MOST, 8);
    messages = arena.allocate((long) MOST * MESSAGE, 8);
    vectors = arena.allocate((long) MOST * VECTOR, 8);
    controls = arena.allocate((long) MOST * CONTROL, 8);
    for (int i = 0; i < MOST; i++) {
      long at = (long) i * MESSAGE;
      messages.set(ADDRESS, at, address);
      messages.set(JAVA_INT, at + 8, SocketAddresses.size(family));
      messages.set(ADDRESS, at + 16, vectors.asSlice((long) i * VECTOR, VECTOR));
      messages.set(JAVA_LONG, at + 24, 1);
      long control = (long) i * CONTROL;
      controls.set(JAVA_LONG, control, CONTROL_LENGTH);
      controls.set(JAVA_INT, control + 8, Libc.SOL_UDP);
      controls.set(JAVA_INT, control + 12, Libc.UDP_SEGMENT);
    }
  }

  /** Adds a packet of at most {@value #PACKET} bytes; what was there is sent first where it goes elsewhere or is much. */
  void add(byte[] packet, int offset, int length, InetAddress address, int port) {
    if (count == MOST || (count > 0 && !(port == toPort && address.equals(to)))) {
      send();
    }
    if (count == 0 && !(port == toPort && address.equals(to))) {
      SocketAddresses.write(this.address, family, address, port);
      to = address;
      toPort = port;
    }
    MemorySegment.copy(packet, offset, bytes, JAVA_BYTE, filled, length);
    filled += length;
    lengths[count++] = length;
  }

  /** Sends all that waits. What the system refuses is lost, as packets are: nothing is thrown. */
  void send() {
    int first = 0;
    int at = 0;
    int made = 0;
    while (first < count) {
      int size = lengths[first];
      int next = first + 1;
      int total = size;
      while (support.canSend() && next < count && lengths[next] <= size && total + lengths[next] <= MOST_BYTES) {
        total += lengths[next];
        // A shorter one may stand only at the end.
        if (lengths[next++] < size) {
          break;
        }
      }
      message(made++, at, total, next - first > 1 ? size : 0);
      at += total;
      first = next;
    }
    count = 0;
    filled = 0;
    transmit(made);
  }

  private void message(int index, int from, int length, int segment) {
    long vector = (long) index * VECTOR;
    vectors.set(ADDRESS, vector, bytes.asSlice(from, length));
    vectors.set(JAVA_LONG, vector + 8, length);
    long at = (long) index * MESSAGE;
    if (segment > 0) {
      long control = (long) index * CONTROL;
      controls.set(JAVA_SHORT, control + 16, (short) segment);
      messages.set(ADDRESS, at + 32, controls.asSlice(control, CONTROL));
      messages.set(JAVA_LONG, at + 40, CONTROL);
    } else {
      messages.set(ADDRESS, at + 32, MemorySegment.NULL);
      messages.set(JAVA_LONG, at + 40, 0);
    }
  }

  private void transmit(int made) {
    int done = 0;
    while (done < made) {
      int sent = Libc.sendmmsg(fd, messages.asSlice((long) done * MESSAGE), made - done);
      if (sent > 0) {
        done += sent;
      } else if (sent != -Libc.EINTR) {
        // An error of an earlier packet (its port was closed), a filter, no route: this message is lost, the next may not.
        support.refused(-sent, isSegmented(done));
        done++;
      }
    }
  }

  private boolean isSegmented(int message) {
    return messages.get(JAVA_LONG, (long) message * MESSAGE + 40) > 0;
  }
}
