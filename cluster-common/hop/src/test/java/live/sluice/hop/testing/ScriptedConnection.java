package live.sluice.hop.testing;

import java.net.InetSocketAddress;
import java.util.List;
import live.sluice.hop.control.ControlCodec;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.OutStream;
import live.sluice.hop.transport.TransportStatistics;
import org.jspecify.annotations.Nullable;

/** A connection with a node that says what a test wants, and writes down what it is told. */
public class ScriptedConnection implements HopConnection {
  private final List<ControlMessage> heard;
  private final boolean dialled;
  private @Nullable ConnectionEvents told;
  private boolean closed;

  /**
   * A connection whose end is not told yet of what happens.
   *
   * @param dialled whether the node under test dialled
   * @param heard gets what is said by it, but for greetings
   */
  public ScriptedConnection(boolean dialled, List<ControlMessage> heard) {
    this.dialled = dialled;
    this.heard = heard;
  }

  /** Says from now on what happens. */
  public void meet(ConnectionEvents events) {
    told = events;
  }

  /** Who is told what happens. */
  public ConnectionEvents told() {
    ConnectionEvents events = told;
    if (events == null) {
      throw new IllegalStateException("nobody is told yet");
    }
    return events;
  }

  /** Says something to the node under test. */
  public void say(ControlMessage message) {
    told().control(ControlCodec.bytes(message));
  }

  /** Whether either end has closed it. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void control(byte[] message) {
    ControlMessage read = ControlCodec.read(message);
    if (read != null && !(read instanceof ControlMessage.Hello)) {
      heard.add(read);
    }
  }

  @Override
  public void close(String why) {
    if (!closed) {
      closed = true;
      told().closed(why);
    }
  }

  @Override
  public String peer() {
    return "";
  }

  @Override
  public InetSocketAddress remote() {
    return InetSocketAddress.createUnresolved("peer", 1);
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public boolean send(byte[] datagram) {
    return true;
  }

  @Override
  public void flush() {}

  @Override
  public OutStream open() {
    throw new UnsupportedOperationException("no stream crosses");
  }

  @Override
  public TransportStatistics statistics() {
    return new TransportStatistics(0, 0, 0, 0, 0, 0, 0);
  }
}
