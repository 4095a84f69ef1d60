package live.sluice.line;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An array of {@code struct mmsghdr}, each of one piece: what recvmmsg and sendmmsg take. Confined to one thread. */
final class Messages {
  /** How many there are. */
  static final int COUNT = 64;

  private static final int HEADER = 64;
  private static final int VECTOR = 16;
  private static final int VECTORS_AT = 16;
  private static final int VECTOR_COUNT_AT = 24;
  private static final int FLAGS_AT = 48;
  private static final int LENGTH_AT = 56;
  private static final int TRUNCATED = 0x20;

  private final MemorySegment headers = Arena.global().allocate((long) HEADER * COUNT, 8);
  private final MemorySegment vectors = Arena.global().allocate((long) VECTOR * COUNT, 8);

  Messages() {
    for (int i = 0; i < COUNT; i++) {
      headers.set(JAVA_LONG, (long) i * HEADER + VECTORS_AT, vectors.address() + (long) i * VECTOR);
      headers.set(JAVA_LONG, (long) i * HEADER + VECTOR_COUNT_AT, 1);
    }
  }

  /** Says where message {@code i} lies. */
  void set(int i, long address, int length) {
    vectors.set(JAVA_LONG, (long) i * VECTOR, address);
    vectors.set(JAVA_LONG, (long) i * VECTOR + 8, length);
  }

  /** Returns how many bytes of message {@code i} were received. */
  int length(int i) {
    return headers.get(JAVA_INT, (long) i * HEADER + LENGTH_AT);
  }

  /** Returns whether message {@code i} was longer than its room. */
  boolean truncated(int i) {
    return (headers.get(JAVA_INT, (long) i * HEADER + FLAGS_AT) & TRUNCATED) != 0;
  }

  /** Returns the headers from message {@code i} on. */
  MemorySegment from(int i) {
    return headers.asSlice((long) i * HEADER);
  }
}
