package live.sluice.kwik;

import java.net.DatagramPacket;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets no more than so many packets a second in that ask for a new connection. Kwik keeps each such one for half a minute
 * before it has proved anything, so that who forges them could fill the memory; connections that are there don't notice.
 * Confined to the thread that receives.
 */
final class InitialGate {
  /** Packets a second. Each handshake has some two of them. */
  private static final int A_SECOND = 200;

  private static final int AT_ONCE = 400;

  /** First byte of a long header of type Initial (RFC 9000, section 17.2.2), without the protected bits. */
  private static final int INITIAL = 0xc0;

  private static final int INITIAL_BITS = 0xf0;

  private final LongAdder refused = new LongAdder();
  private double tokens = AT_ONCE;
  private long lastNanos = System.nanoTime();

  /** Whether that packet is let in. */
  boolean takes(DatagramPacket packet) {
    if (packet.getLength() == 0 || (packet.getData()[packet.getOffset()] & INITIAL_BITS) != INITIAL) {
      return true;
    }
    long now = System.nanoTime();
    tokens = Math.min(AT_ONCE, tokens + (now - lastNanos) * 1e-9 * A_SECOND);
    lastNanos = now;
    if (tokens < 1) {
      refused.increment();
      return false;
    }
    tokens--;
    return true;
  }

  /** Packets that were not let in since the beginning; from any thread. */
  long refused() {
    return refused.sum();
  }
}
