package live.sluice.kwik;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that sends many packets by one system call and one pass through the network stack (UDP_SEGMENT, sendmmsg),
 * and receives so (UDP_GRO). For one thread that receives and any number that send.
 *
 * <p>While it is open it never throws: kwik ends the JVM when a server's socket does. What can't be sent is lost, as packets
 * are. Linux on x86-64 only; {@link QuicSockets} says when another one is taken.
 */
public final class GsoSocket extends DatagramSocket {
  /** How long a call may go on waiting after the socket was closed, in µs. */
  private static final long PATIENCE_MICROS = 100_000;

  /** What the kernel may hold of what came, in bytes: a tenth of a second of 400 Mb/s. */
  private static final int BUFFER = 8 << 20;

  private final int fd;
  private final int family;
  private final InetSocketAddress local;
  private final SegmentationSupport support;
  private final Incoming incoming;
  private final InitialGate gate = new InitialGate();
  private final ThreadLocal<Outgoing> outgoing;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private GsoSocket(int fd, int family, InetSocketAddress local, boolean segments) throws SocketException {
    // One without a socket of its own: everything that is used of it is replaced here.
    super((SocketAddress) null);
    super.close();
    this.fd = fd;
    this.family = family;
    this.local = local;
    this.support = new SegmentationSupport(segments);
    this.incoming = new Incoming(fd);
    this.outgoing = ThreadLocal.withInitial(() -> new Outgoing(fd, family, support));
  }

  /**
   * Opens a socket.
   *
   * @param address to bind to; port 0 for any that is free
   * @throws SocketException where it can't be opened or bound
   */
  public static GsoSocket open(InetSocketAddress address) throws SocketException {
    InetAddress ip = address.getAddress();
    boolean six = ip instanceof Inet6Address;
    int family = six ? Libc.AF_INET6 : Libc.AF_INET;
    int fd = Libc.socket(family);
    if (fd < 0) {
      throw new SocketException("can't open a UDP socket: error " + -fd);
    }
    try (Arena arena = Arena.ofConfined()) {
      if (six) {
        Libc.setsockopt(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 0);
      }
      MemorySegment name = arena.allocate(SocketAddresses.MOST, 8);
      SocketAddresses.write(name, family, ip, address.getPort());
      int bound = Libc.bind(fd, name.asSlice(0, SocketAddresses.size(family)));
      if (bound < 0) {
        throw new SocketException("can't bind UDP to " + address + ": " + words(-bound));
      }
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, SocketAddresses.MOST);
      Libc.getsockname(fd, name, length);
      setBuffer(fd, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF);
      setBuffer(fd, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF);
      MemorySegment patience = arena.allocate(16, 8);
      patience.set(JAVA_LONG, 8, PATIENCE_MICROS);
      Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, patience);
      Libc.setsockopt(fd, Libc.SOL_UDP, Libc.UDP_GRO, 1);
      boolean segments = Libc.getsockopt(fd, Libc.SOL_UDP, Libc.UDP_SEGMENT) == 0;
      return new GsoSocket(fd, family, SocketAddresses.read(name), segments);
    } catch (SocketException | RuntimeException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static String words(int error) {
    return switch (error) {
      case Libc.EACCES -> "not allowed";
      case Libc.EADDRINUSE -> "address already in use";
      case Libc.EADDRNOTAVAIL -> "not an address of this machine";
      default -> "error " + error;
    };
  }

  private static void setBuffer(int fd, int forced, int asked) {
    if (Libc.setsockopt(fd, Libc.SOL_SOCKET, forced, BUFFER) < 0) {
      Libc.setsockopt(fd, Libc.SOL_SOCKET, asked, BUFFER);
    }
  }

  @Override
  public void send(DatagramPacket packet) throws IOException {
    SendTrain train = SendTrain.current();
    Outgoing mine = outgoing.get();
    InetAddress to = packet.getAddress();
    if (to == null || (family == Libc.AF_INET && to instanceof Inet6Address)) {
      throw new IOException("no way from " + local + " to " + to);
    }
    if (train == null) {
      whileOpen(
          () -> {
            mine.add(packet.getData(), packet.getOffset(), packet.getLength(), to, packet.getPort());
            mine.send();
          });
    } else {
      whileOpen(() -> mine.add(packet.getData(), packet.getOffset(), packet.getLength(), to, packet.getPort()));
      train.onEnd(() -> whileOpen(mine::send));
    }
  }

  /** The number of a closed socket may be another one's already: nobody uses it then. */
  private void whileOpen(Runnable task) {
    Lock lock = use.readLock();
    lock.lock();
    try {
      if (!closed) {
        task.run();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void receive(DatagramPacket packet) throws IOException {
    while (!(incoming.take(packet) && gate.takes(packet))) {
      if (incoming.hasMore()) {
        continue;
      }
      Lock lock = use.readLock();
      lock.lock();
      try {
        if (closed) {
          throw new SocketException("the socket is closed");
        }
        // An error here tells of a packet that was sent earlier, and whose port was closed; the next call goes on.
        incoming.receive();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Closes it; returns when no call uses it any more, at most a tenth of a second later. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Lock lock = use.writeLock();
    lock.lock();
    try {
      Libc.close(fd);
    } finally {
      lock.unlock();
    }
  }

  /** Messages that the system refused to send since the beginning. */
  public long refusedMessages() {
    return support.refusedMessages();
  }

  /** Packets that asked for a new connection and were too many since the beginning. */
  public long refusedInitials() {
    return gate.refused();
  }

  /** Whether runs of packets are sent as one message. */
  public boolean segments() {
    return support.canSend();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public int getLocalPort() {
    return closed ? -1 : local.getPort();
  }

  @Override
  public @Nullable InetAddress getLocalAddress() {
    return closed ? null : local.getAddress();
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return closed ? null : local;
  }

  @Override
  public int getReceiveBufferSize() {
    return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF);
  }
}
