package live.sluice.rtc.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The network as the library sees it. What comes waits in a bounded queue; what goes is gathered to datagrams, for the
 * library sends every message of a flight apart, and a flight that is one datagram is lost less often than one of six.
 *
 * <p>{@link #offer} and {@link #shut} are for any thread and never block; the rest is the library's, on its thread.
 */
final class DtlsLink implements DatagramTransport {
  /** Longer datagrams are dropped: no path carries them, and no client sends them. */
  static final int MAX_RECEIVED_BYTES = 2048;

  /** Wakes the thread up; no datagram is empty. */
  private static final byte[] WAKE = {};

  /** How often a handshake looks whether its turn is wanted. */
  private static final long LOOK_NANOS = 200_000_000;

  private final BlockingQueue<byte[]> queue;
  private final RecordGate gate;
  private final Consumer<ByteBuf> out;
  private final byte[] gathered;
  private final int maxHandshakeDatagrams;
  private final HandshakeTurns turns;
  private final long silenceNanos;

  private volatile boolean shut;
  private int gatheredBytes;
  private int taken;
  private boolean handshakeDone;
  private long heardNanos;
  private boolean gaveUp;

  DtlsLink(DtlsRole role, DtlsSettings settings, HandshakeTurns turns, Consumer<ByteBuf> out) {
    this.queue = new ArrayBlockingQueue<>(settings.queuedDatagrams());
    this.gate = new RecordGate(role);
    this.out = out;
    this.gathered = new byte[settings.maxDatagramBytes()];
    this.maxHandshakeDatagrams = settings.maxHandshakeDatagrams();
    this.turns = turns;
    this.silenceNanos = settings.silence().toNanos();
  }

  /** Takes a copy of a datagram; false where it was dropped. */
  boolean offer(ByteBuf datagram) {
    int length = datagram.readableBytes();
    if (shut || length < DtlsRecord.HEADER_BYTES || length > MAX_RECEIVED_BYTES || queue.remainingCapacity() == 0) {
      return false;
    }
    byte[] copy = new byte[length];
    datagram.getBytes(datagram.readerIndex(), copy);
    return queue.offer(copy);
  }

  /** Ends the waiting of the library, now and from now on. */
  void shut() {
    shut = true;
    queue.clear();
    // Should it be full again already, the thread is awake anyway.
    queue.offer(WAKE);
  }

  boolean isShut() {
    return shut;
  }

  /** From now on any number of datagrams may come. */
  void handshakeDone() throws IOException {
    handshakeDone = true;
    flush();
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    flush();
    while (!shut) {
      byte[] record = gate.next();
      if (record == null) {
        byte[] datagram = take(waitMillis);
        if (datagram == null) {
          return -1;
        }
        gate.add(datagram);
      } else if (record.length <= length) {
        System.arraycopy(record, 0, buffer, offset, record.length);
        return record.length;
      }
    }
    throw new LinkShutException();
  }

  private byte @Nullable [] take(int waitMillis) throws IOException {
    try {
      byte[] datagram;
      if (handshakeDone) {
        datagram = waitMillis == 0 ? queue.take() : queue.poll(waitMillis, TimeUnit.MILLISECONDS);
      } else {
        datagram = takeOrGiveUp(waitMillis);
      }
      if (datagram != null && !handshakeDone && ++taken > maxHandshakeDatagrams) {
        throw new TooManyDatagramsException();
      }
      return datagram;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkShutException();
    }
  }

  /** Waits in short pieces, to see whether the turn is wanted by somebody else. */
  private byte @Nullable [] takeOrGiveUp(int waitMillis) throws IOException, InterruptedException {
    if (heardNanos == 0) {
      heardNanos = System.nanoTime();
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    while (true) {
      long now = System.nanoTime();
      if (now - heardNanos > silenceNanos && turns.mustGiveUp()) {
        gaveUp = true;
        throw new LinkShutException();
      }
      long left = waitMillis == 0 ? LOOK_NANOS : end - now;
      if (left <= 0) {
        return null;
      }
      byte[] datagram = queue.poll(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
      if (datagram != null) {
        heardNanos = System.nanoTime();
        return datagram;
      }
    }
  }

  /** Whether the handshake was given up for another one, since the peer was silent. */
  boolean gaveUp() {
    return gaveUp;
  }

  @Override
  public void send(byte[] bytes, int offset, int length) throws IOException {
    if (gatheredBytes + length > gathered.length) {
      flush();
    }
    if (length > gathered.length) {
      throw new IOException("a record of " + length + " bytes where " + gathered.length + " fit");
    }
    System.arraycopy(bytes, offset, gathered, gatheredBytes, length);
    gatheredBytes += length;
  }

  private void flush() {
    if (gatheredBytes > 0) {
      ByteBuf datagram = Unpooled.copiedBuffer(gathered, 0, gatheredBytes);
      gatheredBytes = 0;
      out.accept(datagram);
    }
  }

  /** The library is done: it has sent its last alert. */
  @Override
  public void close() {
    flush();
    shut();
  }

  @Override
  public int getReceiveLimit() {
    return MAX_RECEIVED_BYTES;
  }

  @Override
  public int getSendLimit() {
    return gathered.length;
  }

  /** Nothing comes any more. Of a kind that the library hands on as it is. */
  static final class LinkShutException extends InterruptedIOException {
    private static final long serialVersionUID = 1L;
  }

  /** More came than a handshake needs. */
  static final class TooManyDatagramsException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
