package live.sluice.rtp.send;

import java.util.ArrayDeque;
import java.util.Random;

/**
 * A path of one bottleneck with a queue, a player behind it that gives feedback every 50 ms, and a sender of pictures
 * at 30 a second; all of it in simulated time.
 */
final class Link {
  private static final long MS = 1_000;
  private static final int PACKET = 1200;
  private static final long PLAYER_CLOCK = 123_456_789_000L;

  private record Sent(int sequence, long arrival) {}

  private final BandwidthEstimator estimator;
  private final Random random = new Random(11);
  private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
  private final long oneWay;
  long capacity;
  double loss;
  /** Most the sender has to send, in bits a second. */
  long source = Long.MAX_VALUE;

  private long now;
  private long free;
  private int sequence = 65_000;
  private long owed;

  Link(BandwidthEstimator estimator, long capacity, long oneWayMs) {
    this.estimator = estimator;
    this.capacity = capacity;
    this.oneWay = oneWayMs * MS;
  }

  /** Lets time go on. */
  Link run(int seconds) {
    long end = now + seconds * 1_000L * MS;
    for (; now < end; now += MS) {
      if (now / MS % 33 == 0) {
        sendPicture();
      }
      if (now / MS % 50 == 0) {
        feedback();
      }
    }
    return this;
  }

  /** How long a packet sent now waits, in ms. */
  long queueMs() {
    return Math.max(0, free - now) / MS;
  }

  private void sendPicture() {
    owed += Math.min(source, estimator.bitsPerSecond()) * 33 / 1000 / 8;
    for (; owed >= PACKET; owed -= PACKET) {
      estimator.onSent(sequence, PACKET, now * 1000);
      boolean full = queueMs() > 1000;
      if (!full && random.nextDouble() >= loss) {
        free = Math.max(free, now) + PACKET * 8 * 1_000_000L / capacity;
        onTheWay.add(new Sent(sequence, free + oneWay));
      } else {
        onTheWay.add(new Sent(sequence, -1));
      }
      sequence++;
    }
  }

  /** Tells of all up to the last one that has arrived and had its way back. */
  private void feedback() {
    int last = -1;
    int at = 0;
    for (Sent sent : onTheWay) {
      if (sent.arrival() >= 0 && sent.arrival() + oneWay <= now) {
        last = at;
      }
      at++;
    }
    if (last < 0) {
      return;
    }
    estimator.beginFeedback(now * 1000);
    for (int i = 0; i <= last; i++) {
      Sent sent = onTheWay.poll();
      if (sent.arrival() < 0) {
        estimator.onMissing(sent.sequence() & 0xffff);
      } else {
        estimator.onArrived(sent.sequence() & 0xffff, (sent.arrival() + PLAYER_CLOCK) / 250 * 250);
      }
    }
    estimator.endFeedback();
  }
}
