package live.sluice.hop.link;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of a node. Who needs one dials; where two nodes dialled each other at once, new streams go by the one that the
 * node with the smaller id dialled, and the other is given up when it is idle. Thread-safe.
 */
public final class Links implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  /** How long a link stays that nothing crosses, in ms. */
  private static final long IDLE_MS = 30_000;

  /** Links with one node that are held: two where both dialled at once, and one more while one of them goes. */
  private static final int MOST_WITH_ONE = 8;

  /** How long the two sides may take to greet, in ms. */
  private static final long GREETING_MS = 5_000;

  private final HopTransport transport;
  private final LinkHost host;
  private final List<EventLoop> loops;
  private final Ticker ticker;
  private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<Link> up = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<Link>> dialling = new ConcurrentHashMap<>();
  private final AtomicInteger nextLoop = new AtomicInteger();
  private volatile boolean closed;

  /** Until when this node serves on, as it told, in ms; below 0 while it does not stop. */
  private volatile long going = -1;

  /** None yet. */
  public Links(HopTransport transport, LinkHost host, List<EventLoop> loops, Ticker ticker) {
    this.transport = transport;
    this.host = host;
    this.loops = List.copyOf(loops);
    this.ticker = ticker;
  }

  /** Adds a listener for the life of this. */
  public void addListener(LinkListener listener) {
    listeners.add(listener);
  }

  /**
   * Takes links of other nodes from now on.
   *
   * @return where it listens
   * @throws SluiceException LISTEN_FAILED
   */
  public InetSocketAddress listen(InetSocketAddress address) {
    return transport.listen(address, connection -> make(connection, false, new CompletableFuture<>()));
  }

  /** The links that are up. */
  public Collection<Link> all() {
    return List.copyOf(up);
  }

  /**
   * The link with a node, which is dialled where there is none. The stage completes on any thread; it fails with a {@link
   * SluiceException}: CONNECTION_LOST, UNAUTHORIZED.
   */
  public CompletionStage<Link> to(NodeInfo node) {
    Link there = find(node.id());
    if (there != null) {
      return CompletableFuture.completedFuture(there);
    }
    CompletableFuture<Link> made = new CompletableFuture<>();
    CompletableFuture<Link> before = dialling.putIfAbsent(node.id(), made);
    if (before != null) {
      return before;
    }
    dialSafely(InetSocketAddress.createUnresolved(node.host(), node.hopPort()))
        .whenComplete(
            (link, failure) -> {
              dialling.remove(node.id(), made);
              if (link == null) {
                made.completeExceptionally(failure);
              } else if (!link.peer().id().equals(node.id())) {
                link.close("it is not the node that was to be reached");
                made.completeExceptionally(
                    new SluiceException(
                        ErrorCode.CONNECTION_LOST,
                        "at " + node.host() + ':' + node.hopPort() + " is " + link.peer().id() + ", not " + node.id()));
              } else {
                made.complete(link);
              }
            });
    return made;
  }

  /** What can't even be tried must not stand as tried for ever. */
  private CompletionStage<Link> dialSafely(InetSocketAddress address) {
    try {
      return dial(address, false);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The link with that node that new streams are to go by; null where none is up. */
  public @Nullable Link find(String node) {
    Link best = null;
    for (Link link : up) {
      if (link.isUp() && !link.isGoing() && link.peer().id().equals(node) && (best == null || isBetter(link, best))) {
        best = link;
      }
    }
    return best;
  }

  private boolean isBetter(Link a, Link b) {
    if (a.peer().incarnation() != b.peer().incarnation()) {
      return a.peer().incarnation() > b.peer().incarnation();
    }
    return dialler(a).compareTo(dialler(b)) < 0;
  }

  private String dialler(Link link) {
    return link.dialled() ? host.self().id() : link.peer().id();
  }

  /**
   * Dials a node of which no more than the address is known. The stage completes when the two have greeted each other.
   *
   * @param standing whether the link is to stay without streams
   */
  public CompletionStage<Link> dial(InetSocketAddress address, boolean standing) {
    CompletableFuture<Link> greeted = new CompletableFuture<>();
    transport
        .connect(address, connection -> make(connection, standing, greeted))
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                greeted.completeExceptionally(failure);
              }
            });
    return greeted;
  }

  private ConnectionEvents make(HopConnection connection, boolean standing, CompletableFuture<Link> greeted) {
    EventLoop loop = loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
    if (closed || loop.isShuttingDown()) {
      throw new SluiceException(ErrorCode.DRAINING, "the node stops");
    }
    Link link = new Link(connection, loop, host, new Follower(greeted), standing, ticker);
    loop.schedule(
        () -> {
          if (!link.isUp()) {
            link.close("it did not greet in time");
          }
        },
        GREETING_MS,
        TimeUnit.MILLISECONDS);
    return link.events();
  }

  /** Sees a link through its life. On the link's loop. */
  private final class Follower implements LinkListener {
    private final CompletableFuture<Link> greeted;

    Follower(CompletableFuture<Link> greeted) {
      this.greeted = greeted;
    }

    @Override
    public void up(Link link) {
      if (linksWith(link.peer().id()) >= MOST_WITH_ONE) {
        link.close("there are " + MOST_WITH_ONE + " links with that node already");
        return;
      }
      up.add(link);
      LOG.atInfo()
          .addKeyValue("node", link.peer().id())
          .addKeyValue("region", link.peer().region())
          .addKeyValue("dialled", link.dialled())
          .addKeyValue("address", Addresses.text(link.connection().remote()))
          .log("link is up");
      listeners.forEach(listener -> listener.up(link));
      greeted.complete(link);
      watchIdle(link);
      long deadline = going;
      if (deadline >= 0) {
        link.say(new ControlMessage.Goaway(deadline));
      }
    }

    @Override
    public void message(Link link, ControlMessage message) {
      listeners.forEach(listener -> listener.message(link, message));
    }

    @Override
    public void down(Link link, String why) {
      if (up.remove(link)) {
        LOG.atInfo()
            .addKeyValue("node", link.peer().id())
            .addKeyValue("why", why)
            .log("link is down");
        listeners.forEach(listener -> listener.down(link, why));
      }
      greeted.completeExceptionally(
          new SluiceException(ErrorCode.CONNECTION_LOST, "the link ended before it was up: " + why));
    }
  }

  private int linksWith(String node) {
    int count = 0;
    for (Link link : up) {
      if (link.peer().id().equals(node)) {
        count++;
      }
    }
    return count;
  }

  /** The one that dialled gives up a link that nothing has crossed for some time. */
  private static void watchIdle(Link link) {
    if (link.dialled()) {
      link.loop().schedule(() -> endIfIdle(link, false), IDLE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static void endIfIdle(Link link, boolean wasIdle) {
    if (!link.isUp()) {
      return;
    }
    boolean idle = link.isIdle() && !link.isStanding();
    if (idle && wasIdle) {
      link.close("nothing crosses it");
    } else {
      link.loop().schedule(() -> endIfIdle(link, idle), IDLE_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Tells the other nodes that this one stops: what they have from it is to be had elsewhere. */
  public void goAway(long deadlineMs) {
    going = deadlineMs;
    for (Link link : up) {
      link.run(() -> link.say(new ControlMessage.Goaway(deadlineMs)));
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Link link : up) {
      link.close("the node stops");
    }
    transport.close();
  }
}
