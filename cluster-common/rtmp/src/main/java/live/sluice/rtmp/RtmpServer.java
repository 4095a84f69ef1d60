package live.sluice.rtmp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.rtmp.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes RTMP publishers and players. It may listen on several ports, with TLS (RTMPS) and without. Thread-safe;
 * streams, sessions and event loops are the caller's.
 */
public final class RtmpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RtmpServer.class);
  private static final int BACKLOG = 1024;

  private final StreamRegistry registry;
  private final Sessions sessions;
  private final PublishGate gate;
  private final PlayGate playGate;
  private final Vhosts vhosts;
  private final Ticker ticker;
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastRefusalMs;
  private volatile RtmpServerSettings settings;

  /** A server that does not listen yet, and lets everybody play. */
  public RtmpServer(
      RtmpServerSettings settings,
      StreamRegistry registry,
      Sessions sessions,
      PublishGate gate,
      Vhosts vhosts,
      Ticker ticker) {
    this(settings, registry, sessions, gate, PlayGate.OPEN, vhosts, ticker);
  }

  /** A server that does not listen yet. */
  public RtmpServer(
      RtmpServerSettings settings,
      StreamRegistry registry,
      Sessions sessions,
      PublishGate gate,
      PlayGate playGate,
      Vhosts vhosts,
      Ticker ticker) {
    this.settings = settings;
    this.registry = registry;
    this.sessions = sessions;
    this.gate = gate;
    this.playGate = playGate;
    this.vhosts = vhosts;
    this.ticker = ticker;
    this.lastRefusalMs = new AtomicLong(ticker.millis() - 1_000);
  }

  /**
   * Opens a port.
   *
   * @param address where to listen; port 0 chooses a free one
   * @param acceptor loop that accepts
   * @param loops loops that connections live on
   * @param type kind of channel, which fits the loops
   * @param tls what RTMPS is served with; null for plain RTMP
   * @return the address that it listens on; fails with {@link ErrorCode#LISTEN_FAILED}
   */
  public CompletionStage<InetSocketAddress> listen(
      InetSocketAddress address,
      EventLoopGroup acceptor,
      EventLoopGroup loops,
      Class<? extends ServerChannel> type,
      @Nullable SslContext tls) {
    CompletableFuture<InetSocketAddress> answer = new CompletableFuture<>();
    ServerBootstrap bootstrap = prepare(new ServerBootstrap().group(acceptor, loops).channel(type), tls);
    ChannelFuture bound = bootstrap.bind(address);
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            listeners.add(bound.channel());
            answer.complete((InetSocketAddress) bound.channel().localAddress());
          } else {
            answer.completeExceptionally(
                new SluiceException(
                    ErrorCode.LISTEN_FAILED, "can't listen for RTMP on " + Addresses.text(address), done.cause()));
          }
        });
    return answer;
  }

  /**
   * Makes a server's beginnings ready to be bound by somebody who closes the port too.
   *
   * @param bootstrap with loops and channel type set; the rest is set here
   * @param tls what RTMPS is served with; null for plain RTMP
   */
  public ServerBootstrap prepare(ServerBootstrap bootstrap, @Nullable SslContext tls) {
    return bootstrap
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accepted(channel, tls);
              }
            });
  }

  private static final SharedReceiveBuffer RECEIVE = new SharedReceiveBuffer();

  void accepted(Channel channel, @Nullable SslContext tls) {
    ServerConnection connection;
    try {
      connection = new ServerConnection(this, channel);
    } catch (SluiceException e) {
      refused(channel, e);
      return;
    }
    connections.add(connection);
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(settings.writeLowBytes(), settings.writeHighBytes()));
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    } else {
      channel.config().setRecvByteBufAllocator(RECEIVE);
    }
    channel
        .pipeline()
        .addLast(new ServerHandshake(settings.handshakeTimeout().toMillis()), connection.decoder(), connection);
  }

  /** Told once a second at most: who is refused comes again. */
  private void refused(Channel channel, SluiceException why) {
    long now = ticker.millis();
    long last = lastRefusalMs.get();
    if (now - last >= 1_000 && lastRefusalMs.compareAndSet(last, now)) {
      log.atWarn()
          .addKeyValue("remote", Addresses.text(channel.remoteAddress()))
          .addKeyValue("code", why.code().label())
          .log("RTMP {}", why.getMessage());
    }
    channel.close();
  }

  void ended(ServerConnection connection, Session session, ErrorCode code) {
    connections.remove(connection);
    sessions.close(session, code);
  }

  /** Uses other bounds for connections to come. */
  public void apply(RtmpServerSettings changed) {
    settings = changed;
  }

  /** Closes the ports; connections go on. The stage completes when the ports are free. */
  public CompletionStage<Void> stopListening() {
    CompletableFuture<?>[] closed =
        listeners.stream().map(RtmpServer::close).toArray(CompletableFuture<?>[]::new);
    listeners.clear();
    return CompletableFuture.allOf(closed);
  }

  private static CompletableFuture<Void> close(Channel listener) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    listener.close().addListener(done -> closed.complete(null));
    return closed;
  }

  /** Closes the ports, and ends all connections soon. */
  @Override
  public void close() {
    stopListening();
    for (ServerConnection connection : connections) {
      connection.endFromAnywhere(ErrorCode.DRAINING, "the node stops");
    }
  }

  /** Number of connections. */
  public int connections() {
    return connections.size();
  }

  RtmpServerSettings settings() {
    return settings;
  }

  StreamRegistry registry() {
    return registry;
  }

  Sessions sessions() {
    return sessions;
  }

  PublishGate gate() {
    return gate;
  }

  PlayGate playGate() {
    return playGate;
  }

  Vhosts vhosts() {
    return vhosts;
  }

  Ticker ticker() {
    return ticker;
  }
}
