package live.sluice.hop.media;

import java.util.Random;
import java.util.function.Consumer;

/** One direction of a simulated link: propagation, jitter that reorders, random loss, and a bottleneck with a queue. */
final class Path implements DatagramSink {
  private static final int OVERHEAD = 60;

  private final VirtualTime time;
  private final Random random;
  private final Consumer<byte[]> to;
  long propagation;
  long jitter;
  double loss;
  /** How many are lost one after the other. */
  int burst = 1;

  private int losing;
  /** In bits a second; 0 where there is no bottleneck. */
  long rate;

  long queueNanos = 200_000_000;
  boolean cut;
  /** The other node is now and then given no processor, for up to so long: what comes meanwhile is read afterwards. */
  long stalls;

  /** How long it runs in between, at most. */
  long runs;

  private long stallFrom;
  private long stallTo;
  /** One in so many is not taken; 0 where all are. */
  int refuse;

  int largest;
  Runnable onSend = () -> {};
  private long free = Long.MIN_VALUE / 2;
  long datagrams;
  long bytes;
  long lost;
  long worstQueue;

  Path(VirtualTime time, long seed, Consumer<byte[]> to) {
    this.time = time;
    this.random = new Random(seed);
    this.to = to;
  }

  private boolean isLost() {
    if (losing > 0) {
      losing--;
      return true;
    }
    boolean begins = random.nextDouble() < loss / burst;
    losing = begins ? burst - 1 : 0;
    return begins;
  }

  @Override
  public boolean send(byte[] datagram) {
    if (refuse > 0 && random.nextInt(refuse) == 0) {
      return false;
    }
    datagrams++;
    onSend.run();
    bytes += datagram.length;
    largest = Math.max(largest, datagram.length);
    long arrival = time.nanos() + propagation + (jitter == 0 ? 0 : random.nextLong(jitter));
    if (rate > 0) {
      long queue = Math.max(0, free - time.nanos());
      worstQueue = Math.max(worstQueue, queue);
      if (queue > queueNanos) {
        lost++;
        return true;
      }
      free = time.nanos() + queue + (datagram.length + OVERHEAD) * 8_000_000_000L / rate;
      arrival += free - time.nanos();
    }
    if (cut || isLost()) {
      lost++;
      return true;
    }
    time.at(stalls == 0 ? arrival : afterStall(arrival), () -> to.accept(datagram));
    return true;
  }

  private long afterStall(long arrival) {
    while (stallTo < arrival) {
      stallFrom = Math.max(stallTo, arrival - runs) + random.nextLong(runs);
      stallTo = stallFrom + random.nextLong(stalls);
    }
    return arrival < stallFrom ? arrival : stallTo;
  }
}
