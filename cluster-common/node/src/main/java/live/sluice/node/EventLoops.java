package live.sluice.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a node: one set, made by Vert.x, for media on Netty and control on Vert.x. Native epoll where it
 * can be had. Connections of media servers go to the loop that has the fewest.
 */
public final class EventLoops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

  /**
   * What the system takes of a connection beyond what its peer makes room for, in bytes. Without a bound a player that
   * stopped reading has some 4 MB of its past queued in the kernel, where no GOP can be left out any more: half a minute
   * of 1 Mb/s that it gets before it is live again, and memory that no budget of the node sees.
   */
  private static final long UNSENT_BYTES = 256 << 10;

  private final Vertx vertx;
  private final Transport transport;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup group;

  private EventLoops(Vertx vertx) {
    this.vertx = vertx;
    // The one place that looks behind Vert.x's own face: it has no other way to share its loops.
    VertxInternal internal = (VertxInternal) vertx;
    this.transport = internal.transport();
    this.acceptors = internal.acceptorEventLoopGroup();
    this.group = new LeastLoadedGroup(internal.nettyEventLoopGroup());
  }

  /**
   * Makes them.
   *
   * @param number of loops; 0: as many as processors
   */
  public static EventLoops create(int number) {
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(number > 0 ? number : Runtime.getRuntime().availableProcessors())
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2)
            // Nothing is served from files: no cache folder under the temporary one.
            .setFileSystemOptions(
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));
    VertxBuilder builder = Vertx.builder().with(options);
    GatheringEpoll epoll = new GatheringEpoll();
    if (epoll.available()) {
      builder.withTransport(epoll);
    }
    return new EventLoops(builder.build());
  }

  /** Vert.x, for control. */
  public Vertx vertx() {
    return vertx;
  }

  /** The loops, for media. Registering a channel puts it on the loop that has the fewest. */
  public EventLoopGroup group() {
    return group;
  }

  /** {@code epoll} or {@code nio}. */
  public String transport() {
    return transport instanceof EpollTransport ? "epoll" : "nio";
  }

  /** Makes the channels that {@link #bootstrap()} connects. */
  public ChannelFactory<? extends Channel> clientChannels() {
    return transport.channelFactory(false);
  }

  /** A server's beginnings: loops and channel type are set; handlers and options are the caller's. */
  public ServerBootstrap serverBootstrap() {
    ServerBootstrap server =
        new ServerBootstrap().group(acceptors, group).channelFactory(transport.serverChannelFactory(false));
    if (transport instanceof EpollTransport) {
      server.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
    }
    return server;
  }

  /** The loops one by one. */
  public List<EventLoop> list() {
    List<EventLoop> all = new ArrayList<>();
    for (EventExecutor loop : group) {
      all.add((EventLoop) loop);
    }
    return all;
  }

  /** A UDP socket's beginnings, on that loop; handlers and options are the caller's. */
  public Bootstrap datagrams(EventLoop loop) {
    return new Bootstrap().group(loop).channelFactory(transport.datagramChannelFactory());
  }

  /** A client's beginnings: loops and channel type are set. */
  public Bootstrap bootstrap() {
    return new Bootstrap().group(group).channelFactory(clientChannels());
  }

  /** Ends the loops; waits for at most 5 s. */
  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the event loops did not end in time; they end with the process", e);
    }
  }
}
