/*
 * This file replaces a class of kwik, an implementation of QUIC by Peter Doornbosch (https://github.com/ptrd/kwik), and is
 * under the same licence as kwik: the GNU Lesser General Public License, version 3 or later. It comes without any warranty.
 * See the file NOTICE of this module.
 */
package tech.kwik.core.send;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import live.sluice.kwik.SendTrain;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.frame.DatagramFrame;
import tech.kwik.core.frame.PathResponseFrame;
import tech.kwik.core.frame.PingFrame;
import tech.kwik.core.frame.QuicFrame;

/**
 * What waits to be sent on one encryption level of a connection. Datagrams leave in the order in which they came and before
 * all else, but for each fourth turn, which is for streams and control; at most {@value #MOST_DATAGRAMS} wait, none longer
 * than {@value #OLDEST_NANOS} ns, and those that are given up are counted. Kwik's own puts each datagram in front of all
 * that waits, without any bound.
 *
 * <p>Any thread adds; the connection's sender thread takes. It is long since it stands in the place of kwik's class, all of whose
 * methods kwik calls.
 */
public final class SendRequestQueue {
  public static final int MAX_QUEUED_PATH_RESPONSE_FRAMES = 256;

  /** Most datagrams that wait. */
  public static final int MOST_DATAGRAMS = 4096;

  /** How long a datagram may wait, in ns. */
  public static final long OLDEST_NANOS = 100_000_000L;

  /** How long acknowledgements are gathered, in ms: less than a tick of what measures the round trip. */
  private static final int GATHERED_ACKS_MS = 2;

  private static final int STREAMS_TURN = 4;
  private static final ThreadLocal<SendRequestQueue> LAST = new ThreadLocal<>();

  /** A datagram, and when it came. */
  private record Waiting(DatagramFrame frame, long sinceNanos) implements SendRequest {
    private static void nobody(QuicFrame frame) {}

    @Override
    public int getEstimatedSize() {
      return frame.getFrameLength();
    }

    @Override
    public QuicFrame getFrame(int maxSize) {
      return frame;
    }

    @Override
    public Consumer<QuicFrame> getLostCallback() {
      return Waiting::nobody;
    }
  }

  private final Clock clock;
  private final LongSupplier nanos;
  private final EncryptionLevel encryptionLevel;
  private final Queue<Waiting> datagrams = new ConcurrentLinkedQueue<>();
  private final AtomicInteger datagramCount = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final Deque<SendRequest> requests = new ConcurrentLinkedDeque<>();
  private final AtomicInteger pathResponses = new AtomicInteger();
  private final Deque<List<QuicFrame>> probes = new ConcurrentLinkedDeque<>();
  private final Object ackLock = new Object();
  private Instant nextAckTime;
  private volatile boolean cleared;
  private int turn;

  /** Empty. */
  public SendRequestQueue(EncryptionLevel level) {
    this(Clock.systemUTC(), level);
  }

  /** Empty, with a clock for acknowledgements. */
  public SendRequestQueue(Clock clock, EncryptionLevel level) {
    this(clock, System::nanoTime, level);
  }

  /** Empty, with a monotonic clock of ns for datagrams too. */
  public SendRequestQueue(Clock clock, LongSupplier nanos, EncryptionLevel level) {
    this.clock = clock;
    this.nanos = nanos;
    this.encryptionLevel = level;
    if (level == EncryptionLevel.App) {
      LAST.set(this);
    }
  }

  /** The queue that this thread made last for the level of applications; a connection makes its controller next. */
  public static SendRequestQueue madeLastByThisThread() {
    SendRequestQueue last = LAST.get();
    LAST.remove();
    if (last == null) {
      throw new IllegalStateException("kwik makes its congestion controller before its queues now");
    }
    return last;
  }

  // ---- datagrams ----

  /**
   * Adds a datagram; the sender's thread is to be woken.
   *
   * @return false where it was given up: too many wait, or the connection has ended
   */
  public boolean offer(DatagramFrame frame) {
    if (cleared) {
      dropped.increment();
      return false;
    }
    if (datagramCount.incrementAndGet() > MOST_DATAGRAMS) {
      datagramCount.decrementAndGet();
      dropped.increment();
      return false;
    }
    datagrams.add(new Waiting(frame, nanos.getAsLong()));
    return true;
  }

  /** Datagrams that wait. */
  public int waitingDatagrams() {
    return Math.max(0, datagramCount.get());
  }

  /** Datagrams that were given up since the beginning. */
  public long droppedDatagrams() {
    return dropped.sum();
  }

  private Waiting nextDatagram(int maxFrameLength) {
    long now = nanos.getAsLong();
    for (Waiting first = datagrams.peek(); first != null; first = datagrams.peek()) {
      if (now - first.sinceNanos() <= OLDEST_NANOS) {
        // One that does not fit into what is left of a packet begins the next one: their order holds.
        return first.getEstimatedSize() <= maxFrameLength ? takeDatagram() : null;
      }
      if (takeDatagram() != null) {
        dropped.increment();
      }
    }
    return null;
  }

  private Waiting takeDatagram() {
    Waiting taken = datagrams.poll();
    if (taken != null) {
      datagramCount.decrementAndGet();
    }
    return taken;
  }

  // ---- all other frames ----

  public void addRequest(QuicFrame frame, Consumer<QuicFrame> lostCallback) {
    if (frame instanceof PathResponseFrame) {
      // A peer that sends challenges must not fill this queue.
      if (pathResponses.get() >= MAX_QUEUED_PATH_RESPONSE_FRAMES) {
        return;
      }
      pathResponses.incrementAndGet();
    }
    requests.addLast(new FixedFrameSendRequest(frame, lostCallback));
  }

  /** Kwik calls this for datagrams only. */
  public void addPriorityRequest(QuicFrame frame, Consumer<QuicFrame> lostCallback) {
    if (frame instanceof DatagramFrame datagram) {
      offer(datagram);
    } else {
      requests.addFirst(new FixedFrameSendRequest(frame, lostCallback));
    }
  }

  public void addRequest(Function<Integer, QuicFrame> supplier, int estimatedSize, Consumer<QuicFrame> lostCallback) {
    requests.addLast(new FrameSupplierSendRequest(estimatedSize, supplier, lostCallback));
  }

  /** Asked by the sender's thread before each packet. */
  public boolean hasRequests() {
    boolean has = !requests.isEmpty() || !datagrams.isEmpty();
    if (!has && encryptionLevel != EncryptionLevel.ZeroRTT) {
      endOfTrain();
    }
    return has;
  }

  /** The next frame that has room in {@code maxFrameLength} bytes. */
  public Optional<SendRequest> next(int maxFrameLength) {
    if (maxFrameLength < 1) {
      return Optional.empty();
    }
    turn++;
    SendRequest next = turn % STREAMS_TURN == 0 ? nextRequest(maxFrameLength) : nextDatagram(maxFrameLength);
    if (next == null) {
      next = turn % STREAMS_TURN == 0 ? nextDatagram(maxFrameLength) : nextRequest(maxFrameLength);
    }
    return Optional.ofNullable(next);
  }

  private SendRequest nextRequest(int maxFrameLength) {
    for (Iterator<SendRequest> each = requests.iterator(); each.hasNext(); ) {
      SendRequest request = each.next();
      if (request.getEstimatedSize() <= maxFrameLength) {
        each.remove();
        if (request instanceof FixedFrameSendRequest fixed && isPathResponse(fixed)) {
          pathResponses.decrementAndGet();
        }
        return request;
      }
    }
    return null;
  }

  private static boolean isPathResponse(FixedFrameSendRequest request) {
    return PathResponseFrame.class.equals(request.getFrameType());
  }

  // ---- probes ----

  public void addProbeRequest() {
    probes.addLast(Collections.emptyList());
  }

  public void addProbeRequest(List<QuicFrame> frames) {
    probes.addLast(frames);
  }

  public boolean hasProbe() {
    return !probes.isEmpty();
  }

  public boolean hasProbeWithData() {
    List<QuicFrame> first = probes.peekFirst();
    return first != null && !first.isEmpty();
  }

  public List<QuicFrame> getProbe() {
    List<QuicFrame> probe = probes.pollFirst();
    // All may have been cleared since it was asked for.
    return probe != null ? probe : List.of(new PingFrame());
  }

  // ---- acknowledgements ----

  public void addAckRequest() {
    synchronized (ackLock) {
      nextAckTime = clock.instant();
    }
  }

  /**
   * An acknowledgement is to leave in {@code delay} ms. Kwik asks for one with each second packet, which would be a third of
   * all packets and of what both sides spend on them: those that are asked for within a ms or two leave as one.
   */
  public void addAckRequest(int delay) {
    int least = encryptionLevel == EncryptionLevel.App ? GATHERED_ACKS_MS : 0;
    Instant asked = clock.instant().plusMillis(Math.max(delay, least));
    synchronized (ackLock) {
      if (nextAckTime == null || asked.isBefore(nextAckTime)) {
        nextAckTime = asked;
      }
    }
  }

  public boolean mustSendAck() {
    synchronized (ackLock) {
      return isAckDue();
    }
  }

  /** Whether an acknowledgement is due; who is told so has to send it. */
  public boolean mustAndWillSendAck() {
    synchronized (ackLock) {
      boolean due = isAckDue();
      if (due) {
        nextAckTime = null;
      }
      return due;
    }
  }

  private boolean isAckDue() {
    return nextAckTime != null && Duration.between(clock.instant(), nextAckTime).toMillis() < 1;
  }

  public Instant getAck() {
    synchronized (ackLock) {
      Instant time = nextAckTime;
      nextAckTime = null;
      return time;
    }
  }

  /** Asked by the sender's thread before it waits. */
  public Instant nextDelayedSend() {
    endOfTrain();
    synchronized (ackLock) {
      return nextAckTime;
    }
  }

  // ---- the end ----

  /** The sender's thread has nothing more to send now: what it gathered leaves. */
  public void endOfTrain() {
    SendTrain.ofThisThread().end();
  }

  public void clear() {
    clear(true);
  }

  /** Gives up all that waits; datagrams are refused from now on. */
  public void clear(boolean dropAcks) {
    cleared = true;
    for (Waiting first = takeDatagram(); first != null; first = takeDatagram()) {
      dropped.increment();
    }
    requests.clear();
    pathResponses.set(0);
    probes.clear();
    if (dropAcks) {
      synchronized (ackLock) {
        nextAckTime = null;
      }
    }
  }

  public boolean isEmpty() {
    return isEmpty(false);
  }

  public boolean isEmpty(boolean ignoreAcks) {
    boolean empty = requests.isEmpty() && datagrams.isEmpty();
    synchronized (ackLock) {
      return empty && (ignoreAcks || nextAckTime == null);
    }
  }

  @Override
  public String toString() {
    return "SendRequestQueue[" + encryptionLevel + "]";
  }
}
