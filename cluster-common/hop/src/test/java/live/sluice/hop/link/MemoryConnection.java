package live.sluice.hop.link;

import java.net.InetSocketAddress;
import java.util.Arrays;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.InStream;
import live.sluice.hop.transport.OutStream;
import live.sluice.hop.transport.TransportStatistics;
import org.jspecify.annotations.Nullable;

/** One end of a connection of {@link MemoryTransport}. */
final class MemoryConnection implements HopConnection {
  private static final int PIECE = 8 << 10;

  private final MemoryTransport.Network network;
  private final InetSocketAddress remote;
  private final String peer;
  private final boolean dialled;
  private MemoryConnection other = this;
  private boolean closed;
  @Nullable ConnectionEvents told;

  /** Whether nothing that this end sends arrives. */
  boolean cut;

  /** Whether the other end reads no streams. */
  boolean stuck;

  /** Whether what it streams arrives later than its messages by that many ms; negative ones overtake. */
  long streamsLater;

  long messagesLater;
  int datagrams;
  long streamed;

  MemoryConnection(MemoryTransport.Network network, InetSocketAddress remote, String peer, boolean dialled) {
    this.network = network;
    this.remote = remote;
    this.peer = peer;
    this.dialled = dialled;
  }

  void meet(MemoryConnection end) {
    other = end;
  }

  MemoryConnection other() {
    return other;
  }

  ConnectionEvents told() {
    ConnectionEvents events = told;
    if (events == null) {
      throw new IllegalStateException("nobody is told yet");
    }
    return events;
  }

  private void deliver(long later, Runnable task) {
    if (!closed && !cut) {
      network.world.in(
          network.delay + later,
          () -> {
            if (!other.closed) {
              task.run();
            }
          });
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
    datagrams++;
    if (network.random.nextDouble() >= network.loss) {
      deliver(0, () -> other.told().datagram(datagram));
    }
    return !closed;
  }

  @Override
  public void flush() {}

  @Override
  public void control(byte[] message) {
    deliver(messagesLater, () -> other.told().control(message));
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
      deliver(0, () -> other.end("the other node ended it"));
      end(why);
    }
  }

  private void end(String why) {
    if (!closed) {
      closed = true;
      if (told != null) {
        told.closed(why);
      }
    }
  }

  private final class Out implements OutStream {
    private @Nullable InStream in;
    private long waiting;
    private long drainedBelow;
    private Runnable drained = () -> {};
    private boolean over;

    @Override
    public void write(byte[] data) {
      if (over) {
        return;
      }
      streamed += data.length;
      waiting += data.length;
      if (stuck) {
        return;
      }
      for (int at = 0; at < data.length; at += PIECE) {
        byte[] piece = Arrays.copyOfRange(data, at, Math.min(data.length, at + PIECE));
        deliver(streamsLater, () -> arrive(piece));
      }
    }

    private void arrive(byte[] piece) {
      long before = waiting;
      waiting -= piece.length;
      in().bytes(piece);
      if (before >= drainedBelow && waiting < drainedBelow) {
        drained.run();
      }
    }

    private InStream in() {
      InStream there = in;
      if (there == null) {
        there = other.told().stream();
        in = there;
      }
      return there;
    }

    @Override
    public long waiting() {
      return waiting;
    }

    @Override
    public void onDrained(long bytes, Runnable task) {
      drainedBelow = bytes;
      drained = task;
    }

    @Override
    public void end() {
      finish(true);
    }

    @Override
    public void abort() {
      finish(false);
    }

    private void finish(boolean whole) {
      if (!over) {
        over = true;
        deliver(streamsLater, () -> in().ended(whole));
      }
    }
  }
}
