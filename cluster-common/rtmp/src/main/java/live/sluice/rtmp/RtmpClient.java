package live.sluice.rtmp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import live.sluice.media.Addresses;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.handshake.ClientHandshake;
import org.jspecify.annotations.Nullable;

/** Plays from, and publishes to, other RTMP servers. Thread-safe; a connection lives on the loop that it is given. */
public final class RtmpClient {
  private final RtmpClientSettings settings;
  private final ChannelFactory<? extends Channel> channels;
  private final @Nullable SslContext tls;

  /**
   * A client.
   *
   * @param channels makes channels that fit the loops
   * @param tls what RTMPS is spoken with; null for this Java's trusted certificates
   */
  public RtmpClient(
      RtmpClientSettings settings, ChannelFactory<? extends Channel> channels, @Nullable SslContext tls) {
    this.settings = settings;
    this.channels = channels;
    this.tls = tls;
  }

  /**
   * Plays a stream. Returns at once; what becomes of it is told to the listener.
   *
   * @param session whose bytes to count, where there is one
   */
  public RtmpPlay play(RtmpUrl url, EventLoop loop, @Nullable Session session, RtmpPlay.Listener listener) {
    ClientPlay play = new ClientPlay(url, loop, settings, session, listener);
    connect(url, loop, play);
    return play;
  }

  /**
   * Publishes a stream. The stage completes on {@code loop} when the server has agreed, or fails with a
   * {@link SluiceException}: the code of a Sluice server, else the nearest one, such as STREAM_BUSY for
   * {@code NetStream.Publish.BadName}. Who no longer wants it by then closes the target.
   *
   * @param loop where the target will be used
   * @param session whose bytes to count, where there is one
   */
  public CompletionStage<PublishTarget> publish(
      RtmpUrl url, EventLoop loop, @Nullable Session session, PublishTarget.Owner owner) {
    CompletableFuture<PublishTarget> answer = new CompletableFuture<>();
    connect(url, loop, new ClientPublish(url, loop, settings, session, answer, owner));
    return answer;
  }

  private void connect(RtmpUrl url, EventLoop loop, ClientConnection connection) {
    if (NetUtil.isValidIpV4Address(url.host()) || NetUtil.isValidIpV6Address(url.host())) {
      connect(url, loop, connection, new InetSocketAddress(url.host(), url.port()));
      return;
    }
    // Java's resolver blocks, and so not on a loop.
    Thread.startVirtualThread(
        () -> {
          try {
            InetAddress address = InetAddress.getByName(url.host());
            connect(url, loop, connection, new InetSocketAddress(address, url.port()));
          } catch (UnknownHostException e) {
            loop.execute(() -> connection.end(ErrorCode.UPSTREAM_FAILED, "no such host: " + url.host()));
          }
        });
  }

  private void connect(RtmpUrl url, EventLoop loop, ClientConnection connection, InetSocketAddress address) {
    SslContext secure;
    try {
      secure = url.secure() ? context() : null;
    } catch (SSLException e) {
      loop.execute(() -> connection.end(ErrorCode.UPSTREAM_FAILED, "no TLS: " + e.getMessage()));
      return;
    }
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(settings.writeHighBytes() / 2, settings.writeHighBytes()))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    prepare(channel, url, secure, connection);
                  }
                })
            .connect(address);
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            String why = "can't connect to " + Addresses.text(address) + ": " + Failures.text(done.cause());
            connection.end(ErrorCode.UPSTREAM_FAILED, why);
          }
        });
  }

  private void prepare(Channel channel, RtmpUrl url, @Nullable SslContext secure, ClientConnection connection) {
    if (secure != null) {
      channel.pipeline().addLast(secure.newHandler(channel.alloc(), url.host(), url.port()));
    }
    long idleMs = settings.idleTimeout().toMillis();
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(idleMs, 0, idleMs, TimeUnit.MILLISECONDS),
            new ClientHandshake(settings.connectTimeout().toMillis(), settings.signed()),
            connection.decoder(),
            connection);
    connection.attach(channel);
  }

  private SslContext context() throws SSLException {
    SslContext given = tls;
    return given == null ? SslContextBuilder.forClient().build() : given;
  }
}
