package live.sluice.hop.kwik;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.hop.transport.InStream;
import live.sluice.hop.transport.OutStream;
import live.sluice.hop.transport.TransportStatistics;
import live.sluice.kwik.MediaQueue;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;

/** A connection of kwik whose both sides are known to each other. */
final class KwikConnection implements HopConnection {
  /** Most bytes of control that wait before the other side is given up: it takes none. */
  private static final long MAX_CONTROL = 8 << 20;

  private static final int READ = 16 << 10;

  private final QuicConnection quic;
  private final MediaQueue queue;
  private final StreamWatchdog watchdog;
  private final String peer;
  private final InetSocketAddress remote;
  private final boolean dialled;
  private final StreamWriter control;
  private final ConnectionEvents events;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Made when the introduction is over.
   *
   * @param first the stream of control
   * @param in what reads it, from behind the introduction on
   */
  KwikConnection(
      QuicConnection quic,
      StreamWatchdog watchdog,
      String peer,
      InetSocketAddress remote,
      boolean dialled,
      QuicStream first,
      DataInputStream in,
      Function<HopConnection, ConnectionEvents> told) {
    this.quic = quic;
    this.queue = MediaQueue.of(quic);
    this.watchdog = watchdog;
    this.peer = peer;
    this.remote = remote;
    this.dialled = dialled;
    this.control = new StreamWriter(watchdog, () -> first);
    this.events = told.apply(this);
    control.onFailure(() -> close("control can't be written any more"));
    quic.setDatagramHandler(this::onDatagram, new DirectExecutor());
    Thread.ofVirtual().name("sluice-hop-control-in").start(() -> readControl(in));
  }

  private void onDatagram(byte[] data) {
    if (!closed.get()) {
      events.datagram(data);
    }
  }

  private void readControl(DataInputStream in) {
    try {
      while (!closed.get()) {
        events.control(Framed.read(in, HopTransport.MAX_MESSAGE));
      }
    } catch (IOException e) {
      // kwik tells its listener of an end only after it has drained; this is sooner.
      close("the other node ended it: " + e.getMessage());
    }
  }

  /** The other side opened a stream. */
  void onStream(QuicStream stream) {
    if (closed.get()) {
      return;
    }
    InStream told = events.stream();
    Thread.ofVirtual().name("sluice-hop-stream-in").start(() -> read(stream.getInputStream(), told));
  }

  private static void read(InputStream in, InStream told) {
    byte[] buffer = new byte[READ];
    boolean whole = false;
    try {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        told.bytes(Arrays.copyOf(buffer, length));
      }
      whole = true;
    } catch (IOException e) {
      // Told as an end that is not whole.
    }
    told.ended(whole);
  }

  /** The transport has lost it, or the other side has ended it. */
  void onDisconnected(String why) {
    if (closed.compareAndSet(false, true)) {
      control.abort();
      events.closed(why);
    }
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public boolean send(byte[] datagram) {
    return queue.offer(datagram);
  }

  @Override
  public void flush() {
    queue.flush();
  }

  @Override
  public void control(byte[] message) {
    if (message.length > HopTransport.MAX_MESSAGE) {
      throw new IllegalArgumentException("a message of " + message.length + " bytes");
    }
    control.write(Framed.of(message));
    if (control.waiting() > MAX_CONTROL) {
      close("it takes no control");
    }
  }

  @Override
  public OutStream open() {
    return new StreamWriter(watchdog, () -> quic.createStream(false));
  }

  @Override
  public TransportStatistics statistics() {
    return new TransportStatistics(
        queue.roundTripMillis(),
        queue.sentPackets(),
        queue.lostPackets(),
        queue.dropped(),
        queue.waiting(),
        queue.window(),
        queue.inFlight());
  }

  @Override
  public void close(String why) {
    if (closed.compareAndSet(false, true)) {
      quic.close();
      control.abort();
      events.closed(why);
    }
  }
}
