package live.sluice.line;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One network device, whose frames are read and written whole (packet(7)). Before each stands what the kernel has not yet
 * done to it (struct virtio_net_hdr): a sender leaves checksums to the device, and a frame that passes on without that
 * note would be thrown away as damaged. Confined to one thread, but for {@link #overruns}.
 */
final class PacketSocket {
  /** Bytes before the IP header: struct virtio_net_hdr, and the Ethernet header. */
  static final int BEFORE_IP = 10 + 14;

  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int EVERY_PROTOCOL = 0x0300;
  private static final int SOL_PACKET = 263;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_VNET_HDR = 15;
  private static final int PACKET_QDISC_BYPASS = 20;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int BUFFER = 16 << 20;

  private final int descriptor;
  private long overruns;

  /**
   * Opens a device.
   *
   * @throws IOException when there is none of that name, or its frames may not be read
   */
  PacketSocket(String device) throws IOException {
    int index = Linux.indexOf(device);
    if (index == 0) {
      throw new IOException("there is no network device " + device);
    }
    // Protocol 0: nothing is received before it is bound to its device.
    descriptor = Linux.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    Linux.setOption(descriptor, SOL_PACKET, PACKET_VNET_HDR, 1);
    Linux.setOption(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    Linux.setOption(descriptor, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
    Linux.setOption(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER);
    Linux.setOption(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER);
    try (Arena arena = Arena.ofConfined()) {
      // struct sockaddr_ll
      MemorySegment address = arena.allocate(20, 4);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_SHORT, 2, (short) EVERY_PROTOCOL);
      address.set(JAVA_INT, 4, index);
      Linux.bind(descriptor, address);
    }
  }

  int descriptor() {
    return descriptor;
  }

  /** Receives what is there, and returns how many messages that were; 0 when nothing was. */
  int receive(Messages into) {
    return Math.max(0, Linux.receive(descriptor, into.from(0), Messages.COUNT));
  }

  /** Sends the first {@code count} messages. One that the device does not take is skipped. */
  void send(Messages messages, int count) {
    int sent = 0;
    while (sent < count) {
      sent += Math.max(1, Linux.send(descriptor, messages.from(sent), count - sent));
    }
  }

  /** Returns how many frames were lost since it was opened because they came faster than they were read. Any thread. */
  synchronized long overruns() {
    // Reading it sets the kernel's count to 0.
    overruns += Linux.option(descriptor, SOL_PACKET, PACKET_STATISTICS, 8, 1);
    return overruns;
  }
}
