package live.sluice.rtp.receive;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import live.sluice.rtp.rtcp.TransportFeedback;
import live.sluice.rtp.rtcp.TransportFeedbackWriter;

/**
 * Collects when the packets of a transport arrived, by their transport-wide numbers, and writes that as feedback;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01. Each feedback goes on where the one before ended, so that lost
 * packets show; a packet that comes after it was told of as lost is told of by a feedback of its own.
 *
 * <p>The caller gives all packets of the peer and calls {@link #write} when {@link #isDue}: after each packet, or by
 * a timer. At most {@value #MAX_HELD} packets are held, the rest of a flood is not told of. Not thread-safe.
 */
public final class TransportFeedbackBuilder {
  /** How often feedback is sent, in ns. */
  public static final long INTERVAL_NANOS = 50_000_000;

  /** Most packets that wait for a feedback: more is due at once. */
  public static final int MAX_HELD = 1024;

  private static final int FIRST_SIZE = 64;

  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private long[] numbers = new long[FIRST_SIZE]; // rising
  private long[] arrivals = new long[FIRST_SIZE];
  private int held;
  private boolean started;
  private long highest; // of all packets so far
  private long next; // the number behind all that were told of
  private long lastWrittenNanos;
  private int feedbackNumber;

  /** A packet came: its transport-wide number (16 bits), and when, in ns of a monotonic clock. */
  public void onPacket(int sequence, long arrivalNanos) {
    if (!started) {
      started = true;
      highest = sequence & 0xffff;
      next = highest;
      lastWrittenNanos = arrivalNanos;
    }
    long number = highest + (short) (sequence - (int) highest);
    highest = Math.max(highest, number);
    int at = held;
    while (at > 0 && numbers[at - 1] >= number) {
      at--;
    }
    boolean duplicate = at < held && numbers[at] == number;
    if (!duplicate && held < MAX_HELD) {
      insert(at, number, arrivalNanos);
    }
  }

  private void insert(int at, long number, long arrivalNanos) {
    if (held == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * held);
      arrivals = Arrays.copyOf(arrivals, 2 * held);
    }
    System.arraycopy(numbers, at, numbers, at + 1, held - at);
    System.arraycopy(arrivals, at, arrivals, at + 1, held - at);
    numbers[at] = number;
    arrivals[at] = arrivalNanos;
    held++;
  }

  /** Whether there is something to tell, and the time for it has come. */
  public boolean isDue(long nowNanos) {
    return held > 0 && (nowNanos - lastWrittenNanos >= INTERVAL_NANOS || held == MAX_HELD);
  }

  /**
   * Writes one feedback packet, of at most {@link TransportFeedbackWriter#MAX_BYTES} bytes, for as many packets as fit;
   * nothing if there is nothing to tell.
   *
   * @param sender SSRC of who reports
   * @param media SSRC of one of the streams
   * @return whether there is more to write, in a packet of its own
   */
  public boolean write(ByteBuf out, int sender, int media, long nowNanos) {
    if (held == 0) {
      return false;
    }
    lastWrittenNanos = nowNanos;
    // Late ones stand alone: what lies between was told of before. So does what follows a gap too wide to tell.
    boolean late = numbers[0] < next;
    long base = late || numbers[0] - next >= TransportFeedback.MAX_PACKETS ? numbers[0] : next;
    writer.start((int) base, arrivals[0]);
    int told = 0;
    while (told < held && isOfRun(told, late) && writer.add((int) (numbers[told] - base), arrivals[told])) {
      told++;
    }
    writer.write(out, sender, media, feedbackNumber++);
    next = Math.max(next, numbers[told - 1] + 1);
    held -= told;
    System.arraycopy(numbers, told, numbers, 0, held);
    System.arraycopy(arrivals, told, arrivals, 0, held);
    return held > 0;
  }

  /** Whether the one at {@code i} belongs to the same feedback as those before it. */
  private boolean isOfRun(int i, boolean late) {
    return i == 0 || !late || (numbers[i] == numbers[i - 1] + 1 && numbers[i] < next);
  }
}
