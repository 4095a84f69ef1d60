package live.sluice.hop.media.receive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import live.sluice.hop.media.wire.MediaHeader;
import org.jspecify.annotations.Nullable;

/** A flow's fragments whose packets are not complete, by number: a ring that holds the datagrams themselves. */
final class Fragments {
  /** More than the largest packet has, and a power of two. */
  static final int SIZE = 128;

  private static final int LARGEST_PACKET = 1 << 16;
  private static final byte[] NONE = {};

  private final byte[][] datagrams = new byte[SIZE][];
  private final long[] numbers = new long[SIZE];
  private final byte[] heads = new byte[SIZE];
  private final byte[] flags = new byte[SIZE];
  private final long[] since = new long[SIZE];
  private int held;

  Fragments() {
    Arrays.fill(datagrams, NONE);
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
    int slot = slot(number);
    int givenUp = datagrams[slot].length > 0 ? 1 : 0;
    held += 1 - givenUp;
    datagrams[slot] = datagram;
    numbers[slot] = number;
    heads[slot] = (byte) headerLength;
    flags[slot] = (byte) headerFlags;
    since[slot] = now;
    return givenUp;
  }

  /** The packet that a fragment, which was added, completes, and whose fragments are given up; null where it does not. */
  @Nullable ByteBuf take(long number, ByteBufAllocator allocator) {
    long first = number;
    while (!has(first, MediaHeader.FIRST)) {
      first--;
      if (!isHeld(first) || number - first >= SIZE || has(first, MediaHeader.LAST)) {
        return null;
      }
    }
    long last = number;
    while (!has(last, MediaHeader.LAST)) {
      last++;
      if (!isHeld(last) || last - first >= SIZE || has(last, MediaHeader.FIRST)) {
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
    for (int slot = 0; slot < SIZE && held > 0; slot++) {
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

  private static int slot(long number) {
    return (int) number & (SIZE - 1);
  }
}
