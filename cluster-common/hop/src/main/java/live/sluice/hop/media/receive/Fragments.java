package live.sluice.hop.media.receive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import live.sluice.hop.media.wire.MediaHeader;
import org.jspecify.annotations.Nullable;

/**
 * A flow's fragments whose packets are not complete, by number: a ring that holds the datagrams themselves. It grows while
 * newer ones would take the place of those that wait for a repair.
 */
final class Fragments {
  private static final int FIRST_SIZE = 128;
  private static final int MOST = 1 << 13;
  /** More than the largest packet has. */
  private static final int LONGEST = 128;

  private static final int LARGEST_PACKET = 1 << 16;
  private static final byte[] NONE = {};

  private byte[][] datagrams = new byte[0][];
  private long[] numbers = {};
  private byte[] heads = {};
  private byte[] flags = {};
  private long[] since = {};
  private int held;

  Fragments() {
    allocate(FIRST_SIZE);
  }

  private void allocate(int size) {
    datagrams = new byte[size][];
    Arrays.fill(datagrams, NONE);
    numbers = new long[size];
    heads = new byte[size];
    flags = new byte[size];
    since = new long[size];
  }

  private void grow() {
    byte[][] oldDatagrams = datagrams;
    long[] oldNumbers = numbers;
    byte[] oldHeads = heads;
    byte[] oldFlags = flags;
    long[] oldSince = since;
    allocate(2 * oldDatagrams.length);
    for (int i = 0; i < oldDatagrams.length; i++) {
      if (oldDatagrams[i].length > 0) {
        put(slot(oldNumbers[i]), oldNumbers[i], oldDatagrams[i], oldHeads[i], oldFlags[i], oldSince[i]);
      }
    }
  }

  /** How many are held. */
  int held() {
    return held;
  }

  /**
   * Adds one.
   *
   * @return how many were given up for it: 0 or 1
   */
  int add(long number, byte[] datagram, int headerLength, int headerFlags, long now) {
    while (datagrams[slot(number)].length > 0 && datagrams.length < MOST) {
      grow();
    }
    int slot = slot(number);
    int givenUp = datagrams[slot].length > 0 ? 1 : 0;
    held += 1 - givenUp;
    put(slot, number, datagram, (byte) headerLength, (byte) headerFlags, now);
    return givenUp;
  }

  private void put(int slot, long number, byte[] datagram, byte headerLength, byte headerFlags, long now) {
    datagrams[slot] = datagram;
    numbers[slot] = number;
    heads[slot] = headerLength;
    flags[slot] = headerFlags;
    since[slot] = now;
  }

  /** The packet that a fragment, which was added, completes, and whose fragments are given up; null where it does not. */
  @Nullable ByteBuf take(long number, ByteBufAllocator allocator) {
    long first = number;
    while (!has(first, MediaHeader.FIRST)) {
      first--;
      if (!isHeld(first) || number - first >= LONGEST || has(first, MediaHeader.LAST)) {
        return null;
      }
    }
    long last = number;
    while (!has(last, MediaHeader.LAST)) {
      last++;
      if (!isHeld(last) || last - first >= LONGEST || has(last, MediaHeader.FIRST)) {
        return null;
      }
    }
    return join(first, last, allocator);
  }

  private @Nullable ByteBuf join(long first, long last, ByteBufAllocator allocator) {
    int length = 0;
    for (long i = first; i <= last; i++) {
      length += datagrams[slot(i)].length - heads[slot(i)];
    }
    ByteBuf packet = length < LARGEST_PACKET ? allocator.buffer(length) : null;
    for (long i = first; i <= last; i++) {
      int slot = slot(i);
      if (packet != null) {
        packet.writeBytes(datagrams[slot], heads[slot], datagrams[slot].length - heads[slot]);
      }
      remove(slot);
    }
    return packet;
  }

  /** Gives up those from before that time; how many. */
  int expire(long before) {
    int count = 0;
    for (int slot = 0; slot < datagrams.length && held > 0; slot++) {
      if (datagrams[slot].length > 0 && since[slot] - before < 0) {
        remove(slot);
        count++;
      }
    }
    return count;
  }

  private void remove(int slot) {
    datagrams[slot] = NONE;
    held--;
  }

  private boolean isHeld(long number) {
    return datagrams[slot(number)].length > 0 && numbers[slot(number)] == number;
  }

  private boolean has(long number, int flag) {
    return (flags[slot(number)] & flag) != 0;
  }

  private int slot(long number) {
    return (int) number & (datagrams.length - 1);
  }
}
