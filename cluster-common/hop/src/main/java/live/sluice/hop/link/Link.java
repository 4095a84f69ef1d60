package live.sluice.hop.link;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import live.sluice.hop.control.ControlCodec;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.media.receive.MediaReceiver;
import live.sluice.hop.media.send.MediaSender;
import live.sluice.hop.media.wire.LinkDatagram;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.hop.transport.InStream;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link with another node, over one connection. It lives on one event loop, which what it tells is told on; methods that may
 * be called from elsewhere say so.
 *
 * <p>It is long since everything of a link meets here, each through a few short methods: what the connection brings, time, the
 * greeting and the end. What crosses it ({@link LinkStreams}), whether the other side is there ({@link Heartbeat}), and packets
 * in time ({@link MediaSender}, {@link MediaReceiver}) stand on their own.
 */
public final class Link {
  /** What this node speaks. A later version adds messages and fields, which one of this version passes over. */
  public static final int VERSION = 1;

  /** How long the other node may be silent, in ns, in the same region and across. */
  private static final long NEAR_NANOS = 1_000_000_000L;

  private static final long FAR_NANOS = 3_000_000_000L;

  /** How often the link looks after itself while media crosses, and while none does, in ms. */
  private static final long BUSY_MS = 8;

  private static final long IDLE_MS = 100;

  private static final long ARRIVAL_NANOS = 1_000_000_000L;

  /** Bytes of messages that may be under way to the loop: the other node is slowed down then. */
  private static final int CONTROL_WINDOW = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final HopConnection connection;
  private final EventLoop loop;
  private final LinkHost host;
  private final LinkListener listener;
  private final Ticker ticker;
  private volatile boolean standing;
  private final Mailbox mailbox;
  private final Heartbeat heartbeat;
  private final MediaSender sender;
  private final MediaReceiver receiver;
  private final LinkFlows flows = new LinkFlows();
  private final LinkStreams streams;
  private final Runnable tick = this::tick;
  private final Semaphore controlRoom = new Semaphore(CONTROL_WINDOW);
  private @Nullable Future<?> timer;
  private volatile @Nullable NodeInfo peer;
  private volatile boolean peerStands;
  private volatile boolean going;
  private volatile boolean down;
  private volatile @Nullable LinkStatus status;
  private long sinceWallMs;
  private volatile boolean lost;
  private long arrivalNanos;

  Link(
      HopConnection connection,
      EventLoop loop,
      LinkHost host,
      LinkListener listener,
      boolean standing,
      Ticker ticker) {
    this.connection = connection;
    this.loop = loop;
    this.host = host;
    this.listener = listener;
    this.standing = standing;
    this.ticker = ticker;
    this.heartbeat = new Heartbeat(ticker, connection::send);
    this.sender = new MediaSender(connection::send, ticker, heartbeat::roundTripNanos, flows);
    this.receiver =
        new MediaReceiver(connection::send, ticker, heartbeat::roundTripNanos, ByteBufAllocator.DEFAULT);
    this.streams = new LinkStreams(this, host);
    this.mailbox = new Mailbox(loop, this::onDatagram, this::batchEnded, this::onFailure);
    mailbox.task(this::greet);
  }

  /** Who is told what its connection brings. */
  ConnectionEvents events() {
    return new ConnectionEvents() {
      @Override
      public void datagram(byte[] data) {
        mailbox.datagram(data);
      }

      @Override
      public void control(byte[] message) {
        controlRoom.acquireUninterruptibly(message.length);
        mailbox.task(
            () -> {
              controlRoom.release(message.length);
              onControl(message);
            });
      }

      @Override
      public InStream stream() {
        return new StreamIntake(Link.this);
      }

      @Override
      public void closed(String why) {
        mailbox.task(() -> goDown(why, false));
      }
    };
  }

  private void greet() {
    say(new ControlMessage.Hello(host.self(), VERSION, standing));
    tick();
  }

  // ---- what it is; from any thread ----

  /** Its loop. */
  public EventLoop loop() {
    return loop;
  }

  /** The other node, as it greeted. */
  public NodeInfo peer() {
    return Objects.requireNonNull(peer, "the link is not up yet");
  }

  /** Whether the two nodes have greeted each other, and it has not ended. */
  public boolean isUp() {
    return peer != null && !down;
  }

  /** Whether one of the two wants it to stay without streams. */
  public boolean isStanding() {
    return standing || peerStands;
  }

  /** This node needs it for streams only from now on: it ends when none has crossed it for some time. */
  public void letGo() {
    standing = false;
  }

  /** Whether the other node has said that it stops: nothing new is to be asked of it. */
  public boolean isGoing() {
    return going;
  }

  /** Whether it ended while streams crossed it, or in silence, and not as one that nobody needed. */
  public boolean isLost() {
    return lost;
  }

  /** Whether this node dialled. */
  public boolean dialled() {
    return connection.dialled();
  }

  /** What it is over. */
  public HopConnection connection() {
    return connection;
  }

  /** Runs a task on the loop: at once where the caller is on it. */
  public void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShuttingDown()) {
      loop.execute(task);
    }
  }

  /** Ends it; from any thread. */
  public void close(String why) {
    connection.close(why);
  }

  /** How it does, as of the last second; once it is up. From any thread. */
  public LinkStatus status() {
    return Objects.requireNonNull(status, "the link is not up yet");
  }

  // ---- for its parts, on the loop ----

  /** Smoothed round trip in ns; 0 before it is known. */
  public long roundTripNanos() {
    return heartbeat.roundTripNanos();
  }

  /** What is sent. */
  public MediaSender sender() {
    return sender;
  }

  /** What is received. */
  public MediaReceiver receiver() {
    return receiver;
  }

  /** The flows that are sent, and how they arrive. */
  public LinkFlows flows() {
    return flows;
  }

  /** The streams that this node has from the other. */
  public Iterable<Subscription> subscriptions() {
    return streams.subscriptions();
  }

  /** The streams that the other node has from this one. */
  public Iterable<Serving> servings() {
    return streams.servings();
  }

  /** Whether no stream crosses. */
  public boolean isIdle() {
    return streams.isEmpty();
  }

  /**
   * Tells the other node.
   *
   * @throws SluiceException TOO_LARGE for what no message can hold
   */
  public void say(ControlMessage message) {
    if (down) {
      return;
    }
    byte[] bytes = ControlCodec.bytes(message);
    if (bytes.length > HopTransport.MAX_MESSAGE) {
      throw new SluiceException(
          ErrorCode.TOO_LARGE, "a message to " + name() + " of " + bytes.length + " bytes can't be sent");
    }
    connection.control(bytes);
  }

  Mailbox mailbox() {
    return mailbox;
  }

  long nanos() {
    return ticker.nanos();
  }

  int nextFlow() {
    return flows.next();
  }

  void flowServed(int flowId, @Nullable PacketServing by) {
    flows.served(flowId, by);
    hurry();
  }

  OutStream open(int kind, int request) {
    OutStream stream = connection.open();
    stream.write(StreamKind.head(kind, request));
    return stream;
  }

  void flushMedia() {
    sender.flush();
    connection.flush();
  }

  /** The streams that cross it. */
  LinkStreams streams() {
    return streams;
  }

  // ---- subscribing ----

  /**
   * Asks the other node for a stream. On the loop, while the link is up.
   *
   * @param layers simulcast layers that are wanted, bit n for layer n
   * @param path ids of the nodes that it goes to through this one, the farthest first, this one last
   * @param session id of the session that wants it
   */
  public Subscription subscribe(
      StreamKey key, int layers, List<String> path, String session, SubscriptionEvents events) {
    hurry();
    return streams.subscribe(key, layers, path, session, events, down);
  }

  // ---- what comes ----

  private void onDatagram(byte[] data) {
    if (down) {
      return;
    }
    switch (LinkDatagram.type(data)) {
      case LinkDatagram.MEDIA -> receiver.onDatagram(data);
      case LinkDatagram.NACK -> sender.onNack(data);
      case LinkDatagram.FEEDBACK -> sender.onFeedback(data);
      case Heartbeat.PING -> heartbeat.onPing(data);
      case Heartbeat.PONG -> {
        heartbeat.onPong(data);
        if (heartbeat.clockKnown()) {
          receiver.setClockOffset(heartbeat.clockOffsetNanos());
        }
      }
      default -> {
        // Of a later version, or broken.
      }
    }
  }

  private void batchEnded() {
    streams.flush();
    if (!down) {
      connection.flush();
    }
  }

  private void onControl(byte[] bytes) {
    if (down) {
      return;
    }
    try {
      ControlMessage message = ControlCodec.read(bytes);
      if (message != null) {
        onMessage(message);
      }
    } catch (SluiceException e) {
      close(SluiceException.chainOf(e));
    }
  }

  /** Something that this version can't bear, of the other node or of this one: the link ends, the loop goes on. */
  private void onFailure(RuntimeException failure) {
    LOG.atError().addKeyValue("node", name()).setCause(failure).log("a link failed");
    close("it failed: " + SluiceException.chainOf(failure));
  }

  private void onMessage(ControlMessage message) {
    if (peer == null && !(message instanceof ControlMessage.Hello)) {
      close("it did not greet");
      return;
    }
    switch (message) {
      case ControlMessage.Hello hello -> onHello(hello);
      case ControlMessage.Arrival arrival -> flows.arrived(arrival);
      case ControlMessage.Goaway goaway -> {
        going = true;
        listener.message(this, goaway);
      }
      case ControlMessage.Nodes nodes -> listener.message(this, nodes);
      case ControlMessage.Announce announce -> listener.message(this, announce);
      case ControlMessage.Unannounce unannounce -> listener.message(this, unannounce);
      default -> streams.onMessage(message);
    }
  }

  private void onHello(ControlMessage.Hello hello) {
    String proved = connection.peer();
    if (!proved.isEmpty() && !proved.equals(hello.node().id())) {
      close("it calls itself '" + hello.node().id() + "', and its certificate is of '" + proved + "'");
    } else if (hello.node().id().equals(host.self().id())) {
      close("it is this node itself, or calls itself so");
    } else if (peer == null) {
      peerStands = hello.standing();
      sinceWallMs = ticker.wallMillis();
      tellStatus(hello.node());
      peer = hello.node();
      listener.up(this);
    }
  }

  // ---- time ----

  private void tick() {
    if (down) {
      return;
    }
    try {
      look();
    } catch (RuntimeException e) {
      onFailure(e);
    }
    if (!down) {
      timer = loop.schedule(tick, isIdle() ? IDLE_MS : BUSY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    boolean spoke = heartbeat.tick();
    sender.tick();
    receiver.tick();
    NodeInfo other = peer;
    boolean near = other != null && other.region().equals(host.self().region());
    if (heartbeat.silenceNanos() > (near ? NEAR_NANOS : FAR_NANOS)) {
      String why = "it was silent for " + heartbeat.silenceNanos() / 1_000_000 + " ms";
      goDown(why, true);
      connection.close(why);
      return;
    }
    if (nanos() - arrivalNanos > ARRIVAL_NANOS) {
      arrivalNanos = nanos();
      streams.tellArrivals();
      if (other != null) {
        tellStatus(other);
      }
    }
    batchEnded();
    if (spoke) {
      connection.flush();
    }
  }

  private void tellStatus(NodeInfo other) {
    status =
        new LinkStatus(
            other,
            Addresses.text(connection.remote()),
            connection.dialled(),
            isStanding(),
            going,
            sinceWallMs,
            heartbeat.roundTripNanos(),
            connection.statistics(),
            sender.totals(),
            receiver.totals(),
            Statuses.of(this));
  }

  /** Media crosses from now on: the next look must not be as late as without. */
  private void hurry() {
    Future<?> waiting = timer;
    if (waiting != null && waiting.cancel(false)) {
      timer = loop.schedule(tick, BUSY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void goDown(String why, boolean silent) {
    if (down) {
      return;
    }
    down = true;
    lost = silent || !isIdle();
    Future<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
    streams.end("the link with " + name() + " is down: " + why);
    sender.close();
    receiver.close();
    listener.down(this, why);
  }

  private String name() {
    NodeInfo other = peer;
    return other != null ? other.id() : Addresses.text(connection.remote());
  }
}
