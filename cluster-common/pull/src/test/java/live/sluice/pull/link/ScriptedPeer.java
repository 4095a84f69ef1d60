package live.sluice.pull.link;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import live.sluice.hop.control.ControlCodec;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.hop.transport.OutStream;
import live.sluice.hop.transport.TransportStatistics;
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

  private @Nullable ConnectionEvents other;
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
    Connection made = new Connection(true);
    other = events.apply(made);
    say(new ControlMessage.Hello(self, 1, false));
    return CompletableFuture.completedFuture(made);
  }

  /** Dials the node under test, which listens. */
  public void dial() {
    Function<HopConnection, ConnectionEvents> taker = accepted;
    if (taker == null) {
      throw new IllegalStateException("nobody listens");
    }
    other = taker.apply(new Connection(false));
    say(new ControlMessage.Hello(self, 1, false));
  }

  /** Who is told what it does. */
  public ConnectionEvents other() {
    ConnectionEvents told = other;
    if (told == null) {
      throw new IllegalStateException("there is no connection");
    }
    return told;
  }

  /** Says something. */
  public void say(ControlMessage message) {
    other().control(ControlCodec.bytes(message));
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

  private final class Connection implements HopConnection {
    private final boolean dialled;
    private boolean closed;

    Connection(boolean dialled) {
      this.dialled = dialled;
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
      if (datagram[0] != 0) {
        mediaDatagrams++;
      }
      return true;
    }

    @Override
    public void flush() {}

    @Override
    public void control(byte[] message) {
      ControlMessage read = ControlCodec.read(message);
      if (read != null && !(read instanceof ControlMessage.Hello)) {
        heard.add(read);
      }
    }

    @Override
    public OutStream open() {
      return new Out();
    }

    @Override
    public TransportStatistics statistics() {
      return new TransportStatistics(0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close(String why) {
      if (!closed) {
        closed = true;
        other().closed(why);
      }
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
