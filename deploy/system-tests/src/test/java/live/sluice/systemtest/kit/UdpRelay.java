package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one WebRTC client and a node as a NAT does: the client is told of the relay's port ({@code ?eip=}), and
 * the node sees the relay's other one. It loses, repeats and holds back packets as its {@link Fate} says, takes another
 * port towards the node when told to, and sends again what it has seen.
 */
public final class UdpRelay implements AutoCloseable {

  private static final int REMEMBERED = 2000;
  private static final int REPLAYED_AT_ONCE = 20;

  private final DatagramSocket front;
  private final InetAddress here;
  private final InetSocketAddress node;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
      run -> Thread.ofPlatform().daemon().name("relay-clock").unstarted(run));
  private final List<byte[]> seen = new ArrayList<>();
  private final AtomicLong toNode = new AtomicLong();
  private final AtomicLong toClient = new AtomicLong();
  private volatile Fate fate = Fate.NONE;
  private volatile @Nullable DatagramSocket back;
  private volatile @Nullable SocketAddress client;

  /** What happens to a packet. */
  public interface Fate {

    /** It passes. */
    Fate NONE = () -> new long[] {0};

    /** After how many ms it is passed on, once for each entry. */
    long[] delaysMs();

    /** A share of them is passed on late, behind some that came after; another share twice. */
    static Fate disorder(double late, double twice) {
      return () -> {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long first = random.nextDouble() < late ? random.nextLong(5, 40) : 0;
        return random.nextDouble() < twice ? new long[] {first, random.nextLong(0, 40)} : new long[] {first};
      };
    }
  }

  /** A relay to {@code node}, on a port of this machine's address {@code here}. */
  public UdpRelay(NodeProcess node, String here) {
    this.here = InetAddress.ofLiteral(here);
    this.node = new InetSocketAddress(node.spec().host(), node.spec().rtcPort());
    try {
      front = new DatagramSocket(new InetSocketAddress(here, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rebind();
    start(front, true);
  }

  /** What is to be appended to a WHIP or WHEP URL, so that the client comes this way. */
  public String query() {
    return "?eip=" + here.getHostAddress() + ':' + front.getLocalPort();
  }

  /** From now on packets in both directions have this fate. */
  public UdpRelay fate(Fate next) {
    fate = next;
    return this;
  }

  /** The node sees another port from now on, as after a NAT has forgotten; what it sends to the old one is lost. */
  public void rebind() {
    try {
      DatagramSocket old = back;
      DatagramSocket next = new DatagramSocket(new InetSocketAddress(here, 0));
      back = next;
      start(next, false);
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends the packets of the client that it remembers once more, ten thousand a second: what they do is to be seen, and not
   * what a flood does. Returns how many.
   */
  public int replay() {
    List<byte[]> all;
    synchronized (seen) {
      all = List.copyOf(seen);
    }
    for (int i = 0; i < all.size(); i++) {
      pass(all.get(i), true);
      if (i % REPLAYED_AT_ONCE == 0) {
        LockSupport.parkNanos(REPLAYED_AT_ONCE * 100_000L);
      }
    }
    return all.size();
  }

  /** Packets passed to the node. */
  public long toNode() {
    return toNode.get();
  }

  /** Packets passed to the client. */
  public long toClient() {
    return toClient.get();
  }

  private void start(DatagramSocket socket, boolean fromClient) {
    Thread.ofPlatform().daemon().name("relay").start(() -> read(socket, fromClient));
  }

  private void read(DatagramSocket socket, boolean fromClient) {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        if (fromClient) {
          client = packet.getSocketAddress();
        }
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        packet.setLength(2048);
        if (fromClient) {
          remember(bytes);
        }
        for (long delay : fate.delaysMs()) {
          if (delay == 0) {
            pass(bytes, fromClient);
          } else {
            clock.schedule(() -> pass(bytes, fromClient), delay, TimeUnit.MILLISECONDS);
          }
        }
      } catch (IOException e) {
        // Closed, or an ICMP message about an earlier packet.
      }
    }
  }

  private void remember(byte[] bytes) {
    synchronized (seen) {
      if (seen.size() == REMEMBERED) {
        seen.removeFirst();
      }
      seen.add(bytes);
    }
  }

  private void pass(byte[] bytes, boolean fromClient) {
    SocketAddress target = fromClient ? node : client;
    DatagramSocket socket = fromClient ? back : front;
    if (target == null || socket == null) {
      return;
    }
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, target));
      (fromClient ? toNode : toClient).incrementAndGet();
    } catch (IOException e) {
      // Lost, as packets are.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    front.close();
    DatagramSocket open = back;
    if (open != null) {
      open.close();
    }
  }
}
