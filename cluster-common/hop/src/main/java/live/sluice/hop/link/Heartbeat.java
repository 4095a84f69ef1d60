package live.sluice.hop.link;

import java.nio.ByteBuffer;
import live.sluice.hop.media.DatagramSink;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.media.Ticker;

/**
 * Whether the other side is there, how far it is, and how its clock stands to ours. Each side pings; what counts is the
 * answer, so that a way that is cut in one direction is dead for both. On the link's loop.
 */
final class Heartbeat {
  /** Types of datagrams of flow 0. */
  static final int PING = 3;

  static final int PONG = 4;

  /** How often a ping is sent, in ns. */
  static final long EVERY_NANOS = 200_000_000L;

  private static final int PING_BYTES = LinkDatagram.BODY + Long.BYTES;
  private static final int PONG_BYTES = PING_BYTES + Long.BYTES;

  /** For how long the shortest round trip says best how the clocks stand, in ns. */
  private static final long BEST_NANOS = 10_000_000_000L;

  /** A look that comes so much after the last one says nothing of the other side, in ns. */
  private static final long LATE_NANOS = 400_000_000L;

  private final Ticker ticker;
  private final DatagramSink sink;
  private long tickedNanos;
  private long sentNanos;
  private long heardNanos;
  private boolean sent;
  private long roundTripNanos;
  private long bestRoundTripNanos = Long.MAX_VALUE;
  private long bestSinceNanos;
  private long clockOffsetNanos;
  private boolean clockKnown;

  Heartbeat(Ticker ticker, DatagramSink sink) {
    this.ticker = ticker;
    this.sink = sink;
    heardNanos = ticker.nanos();
    tickedNanos = heardNanos;
  }

  /** Sends a ping where it is time to; true where one was sent. */
  boolean tick() {
    long now = ticker.nanos();
    if (now - tickedNanos > LATE_NANOS) {
      // This side stood still: answers may lie in its queues.
      heardNanos = now;
    }
    tickedNanos = now;
    if (sent && now - sentNanos < EVERY_NANOS) {
      return false;
    }
    sent = true;
    sentNanos = now;
    sink.send(ByteBuffer.allocate(PING_BYTES).put((byte) 0).put((byte) PING).putLong(now).array());
    return true;
  }

  /** A ping came: it is answered. */
  void onPing(byte[] datagram) {
    if (datagram.length >= PING_BYTES) {
      long theirs = ByteBuffer.wrap(datagram).getLong(LinkDatagram.BODY);
      sink.send(
          ByteBuffer.allocate(PONG_BYTES)
              .put((byte) 0)
              .put((byte) PONG)
              .putLong(theirs)
              .putLong(ticker.nanos())
              .array());
    }
  }

  /** An answer came. */
  void onPong(byte[] datagram) {
    if (datagram.length < PONG_BYTES) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(datagram);
    long now = ticker.nanos();
    long roundTrip = now - in.getLong(LinkDatagram.BODY);
    if (roundTrip < 0 || roundTrip > BEST_NANOS) {
      return; // not an answer to a ping of ours
    }
    heardNanos = now;
    roundTripNanos = roundTripNanos == 0 ? roundTrip : roundTripNanos + (roundTrip - roundTripNanos) / 8;
    if (roundTrip <= bestRoundTripNanos || now - bestSinceNanos > BEST_NANOS) {
      bestRoundTripNanos = roundTrip;
      bestSinceNanos = now;
      clockOffsetNanos = in.getLong(LinkDatagram.BODY + Long.BYTES) + roundTrip / 2 - now;
      clockKnown = true;
    }
  }

  /** For how long nothing was heard, in ns. */
  long silenceNanos() {
    return ticker.nanos() - heardNanos;
  }

  /** Smoothed round trip in ns; 0 before the first answer. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Whether {@link #clockOffsetNanos} is known. */
  boolean clockKnown() {
    return clockKnown;
  }

  /** The other side's monotonic clock less ours, in ns, right to half of how unequal the two directions are. */
  long clockOffsetNanos() {
    return clockOffsetNanos;
  }
}
