package live.sluice.pull.link;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.testing.ScriptedConnection;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/** The node at the other end of a link: says what a test wants, and writes down what it is told. */
public final class ScriptedPeer implements HopTransport {
  private final NodeInfo self;

  /** What it was told, but for greetings. */
  public final List<ControlMessage> heard = new ArrayList<>();

  /** All that was streamed to it. */
  public final ByteArrayOutputStream streamed = new ByteArrayOutputStream();

  /** Packets of media that it got. */
  public int mediaDatagrams;

  /** Whether it is there when it is dialled. */
  public boolean answers = true;

  /** Bytes that its connection has not taken. */
  public long waiting;

  /** Whether the last stream to it was given up. */
  public boolean aborted;

  private @Nullable Connection connection;
  private @Nullable Function<HopConnection, ConnectionEvents> accepted;
  private @Nullable Runnable drained;

  /** It calls itself {@code self}. */
  public ScriptedPeer(NodeInfo self) {
    this.self = self;
  }

  @Override
  public InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> taker) {
    accepted = taker;
    return address;
  }

  @Override
  public CompletionStage<HopConnection> connect(
      InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
    if (!answers) {
      return CompletableFuture.failedFuture(new SluiceException(ErrorCode.CONNECTION_LOST, "nobody answers"));
    }
    return CompletableFuture.completedFuture(meet(true, events));
  }

  /** Dials the node under test, which listens. */
  public void dial() {
    Function<HopConnection, ConnectionEvents> taker = accepted;
    if (taker == null) {
      throw new IllegalStateException("nobody listens");
    }
    meet(false, taker);
  }

  private Connection meet(boolean dialled, Function<HopConnection, ConnectionEvents> events) {
    Connection made = new Connection(dialled);
    made.meet(events.apply(made));
    connection = made;
    say(new ControlMessage.Hello(self, 1, false));
    return made;
  }

  /** Who is told what it does. */
  public ConnectionEvents other() {
    return connection().told();
  }

  private Connection connection() {
    Connection there = connection;
    if (there == null) {
      throw new IllegalStateException("there is no connection");
    }
    return there;
  }

  /** Says something. */
  public void say(ControlMessage message) {
    connection().say(message);
  }

  /** What waited has been taken. */
  public void drain() {
    waiting = 0;
    Runnable task = drained;
    if (task != null) {
      task.run();
    }
  }

  @Override
  public void close() {
    // Connections are closed by those who have them.
  }

  private final class Connection extends ScriptedConnection {
    Connection(boolean dialled) {
      super(dialled, heard);
    }

    @Override
    public boolean send(byte[] datagram) {
      if (datagram[0] != 0) {
        mediaDatagrams++;
      }
      return true;
    }

    @Override
    public OutStream open() {
      return new Out();
    }
  }

  private final class Out implements OutStream {
    @Override
    public void write(byte[] data) {
      streamed.writeBytes(data);
    }

    @Override
    public long waiting() {
      return waiting;
    }

    @Override
    public void onDrained(long bytes, Runnable task) {
      drained = task;
    }

    @Override
    public void end() {}

    @Override
    public void abort() {
      aborted = true;
    }
  }
}
