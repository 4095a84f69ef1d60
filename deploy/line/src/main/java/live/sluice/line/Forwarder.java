package live.sluice.line;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Moves packets: reads every device, lets the way to its destination decide, and writes what has come through. It waits
 * in the kernel for whichever is first, a frame or the moment at which one is due. Runs on one thread.
 */
final class Forwarder implements Runnable {
  /** What is due within this time goes out too: one waking for several packets, at a tenth of the promised error. */
  private static final long EARLY_NANOS = 50_000;

  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;
  private static final int MOST_FRAMES = 1 << 16;
  private static final int ETHERTYPE_AT = PacketSocket.BEFORE_IP - 2;
  private static final int DESTINATION_AT = PacketSocket.BEFORE_IP + 16;
  private static final short IPV4_SWAPPED = 0x0008;
  private static final int SHORTEST = PacketSocket.BEFORE_IP + 20;
  private static final int POLL_ENTRY = 8;
  private static final short POLLIN = 1;

  private final PacketSocket[] sockets;
  private final Links links;
  private final byte[] network;
  private final int[] regionOfOctet = new int[256];
  private final Frames frames = new Frames(MOST_FRAMES);
  private final Messages incoming = new Messages();
  private final int[] incomingSlots = new int[Messages.COUNT];
  private final Messages outgoing = new Messages();
  private final int[] outgoingSlots = new int[Messages.COUNT];
  private final int[] lengthOfSlot = new int[MOST_FRAMES];
  private final AtomicLongArray oversized;
  private final MemorySegment descriptors;
  private final MemorySegment timeout = Arena.global().allocate(16, 8);

  /**
   * Takes what it joins.
   *
   * @param sockets the device of each region
   * @param octets the third number of each region's addresses
   * @param network the first two numbers of all of them
   */
  Forwarder(List<PacketSocket> sockets, List<Integer> octets, byte[] network, Links links) {
    this.sockets = sockets.toArray(PacketSocket[]::new);
    this.links = links;
    this.network = network.clone();
    oversized = new AtomicLongArray(sockets.size());
    Arrays.fill(regionOfOctet, -1);
    descriptors = Arena.global().allocate((long) POLL_ENTRY * sockets.size(), 8);
    for (int i = 0; i < this.sockets.length; i++) {
      regionOfOctet[octets.get(i)] = i;
      descriptors.set(JAVA_INT, (long) i * POLL_ENTRY, this.sockets[i].descriptor());
      descriptors.set(JAVA_SHORT, (long) i * POLL_ENTRY + 4, POLLIN);
    }
    for (int i = 0; i < Messages.COUNT; i++) {
      room(i, frames.take());
    }
  }

  private void room(int i, int slot) {
    incomingSlots[i] = slot;
    incoming.set(i, frames.address(slot), Frames.SLOT);
  }

  /**
   * Returns how many frames of a region were dropped because they were no single packets of the usual size: its device
   * was told not to leave such to others. Any thread.
   */
  long oversized(int region) {
    return oversized.get(region);
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      await();
      for (int i = 0; i < sockets.length; i++) {
        if (descriptors.get(JAVA_SHORT, (long) i * POLL_ENTRY + 6) != 0) {
          read(i);
        }
      }
      write();
    }
  }

  private void await() {
    long now = System.nanoTime();
    long wait = LONGEST_WAIT_NANOS;
    for (int from = 0; from < sockets.length; from++) {
      for (int to = 0; to < sockets.length; to++) {
        long due = links.between(from, to).nextDue();
        if (due != Link.NEVER) {
          wait = Math.min(wait, due - now);
        }
      }
    }
    timeout.set(JAVA_LONG, 0, wait >= LONGEST_WAIT_NANOS ? 1 : 0);
    timeout.set(JAVA_LONG, 8, wait >= LONGEST_WAIT_NANOS ? 0 : Math.max(0, wait));
    Linux.poll(descriptors, sockets.length, timeout);
  }

  /** Reads one batch: whoever has more is asked again, after the others and after what is due. */
  private void read(int from) {
    long now = System.nanoTime();
    int count = sockets[from].receive(incoming);
    for (int i = 0; i < count; i++) {
      int slot = incomingSlots[i];
      int length = incoming.length(i);
      if (incoming.truncated(i)) {
        oversized.incrementAndGet(from);
        continue;
      }
      int to = destination(slot, length);
      if (to < 0 || to == from) {
        continue;
      }
      Link link = links.between(from, to);
      int spare = frames.take();
      if (spare == Frames.NONE) {
        link.refuse();
      } else if (link.offer(now, slot, length - PacketSocket.BEFORE_IP)) {
        lengthOfSlot[slot] = length;
        room(i, spare);
      } else {
        frames.giveBack(spare);
      }
    }
  }

  private int destination(int slot, int length) {
    long frame = frames.address(slot);
    if (length < SHORTEST || Linux.MEMORY.get(JAVA_SHORT, frame + ETHERTYPE_AT) != IPV4_SWAPPED) {
      return -1;
    }
    long address = frame + DESTINATION_AT;
    boolean inside = Linux.MEMORY.get(JAVA_BYTE, address) == network[0] && Linux.MEMORY.get(JAVA_BYTE, address + 1) == network[1];
    return inside ? regionOfOctet[Linux.MEMORY.get(JAVA_BYTE, address + 2) & 0xff] : -1;
  }

  private void write() {
    for (int to = 0; to < sockets.length; to++) {
      int count = 0;
      for (int from = 0; from < sockets.length; from++) {
        Link link = links.between(from, to);
        long until = System.nanoTime() + EARLY_NANOS;
        while (link.nextDue() != Link.NEVER && link.nextDue() - until <= 0) {
          int slot = link.take();
          outgoing.set(count, frames.address(slot), lengthOfSlot[slot]);
          outgoingSlots[count] = slot;
          count++;
          if (count == Messages.COUNT) {
            flush(to, count);
            count = 0;
          }
        }
      }
      flush(to, count);
    }
  }

  private void flush(int to, int count) {
    if (count > 0) {
      sockets[to].send(outgoing, count);
    }
    for (int i = 0; i < count; i++) {
      frames.giveBack(outgoingSlots[i]);
    }
  }
}
