package live.sluice.rtmp;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.sluice.media.MediaSettings;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;

/** A server on a free port of the loopback interface, with two loops, and clients of our own. */
final class Loopback implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  final FakeDirectory directory = new FakeDirectory();
  final StreamRegistry registry;
  final Sessions sessions = new Sessions(1000, 1000, Ticker.SYSTEM);
  final RtmpServer server;
  final InetSocketAddress address;
  private final SslContext clientTls;
  private final List<RtmpPlay> plays = new CopyOnWriteArrayList<>();

  Loopback() {
    this(null, null, null);
  }

  Loopback(PublishGate gate, SslContext serverTls, SslContext clientTls) {
    this(MediaSettings.defaults(), gate, serverTls, clientTls);
  }

  Loopback(MediaSettings media, PublishGate gate, SslContext serverTls, SslContext clientTls) {
    this.clientTls = clientTls;
    registry = new StreamRegistry(media, directory, Ticker.SYSTEM);
    PublishGate chosen = gate == null ? PublishGate.local(registry) : gate;
    server =
        new RtmpServer(RtmpServerSettings.defaults(), registry, sessions, chosen, Vhosts.none(0), Ticker.SYSTEM);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    address =
        server
            .listen(anyPort, loops, loops, NioServerSocketChannel.class, serverTls)
            .toCompletableFuture()
            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  RtmpClient client(RtmpClientSettings settings) {
    return new RtmpClient(settings, NioSocketChannel::new, clientTls);
  }

  RtmpUrl url(String path) {
    return RtmpUrl.parse((clientTls == null ? "rtmp" : "rtmps") + "://127.0.0.1:" + address.getPort() + "/" + path);
  }

  PublishTarget publish(String path, PublishTarget.Owner owner) {
    return client(RtmpClientSettings.defaults())
        .publish(url(path), loops.next(), session(), owner)
        .toCompletableFuture()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  PublishTarget publish(String path) {
    return publish(path, (code, why) -> {});
  }

  /** A player, until this is closed. */
  Recorder play(String path) {
    Recorder recorder = new Recorder();
    plays.add(client(RtmpClientSettings.defaults()).play(url(path), loops.next(), session(), recorder));
    return recorder;
  }

  void awaitReaders(String name, int count) {
    await(
        () -> {
          Stream stream = registry.find(StreamKey.of("live", name));
          return stream != null && stream.readerCount() == count;
        });
  }

  static Session session() {
    return Session.detached(Session.Type.PULL, "127.0.0.1:1");
  }

  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    plays.forEach(RtmpPlay::close);
    server.close();
    registry.shutDown();
    await(() -> server.connections() == 0 && registry.streams().isEmpty());
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
