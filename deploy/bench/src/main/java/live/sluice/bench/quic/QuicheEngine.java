package live.sluice.bench.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.hop.identity.LoopbackSecurity;
import org.jspecify.annotations.Nullable;

/** Quiche as Netty has it, with BBR and segmentation: its loss-based control loses most of a stream on far ways. */
final class QuicheEngine implements Engine {
  private static final String PROTOCOL = "bench";
  private static final int SEGMENTS = 10;
  private static final int QUEUE = 65_536;

  private final LoopbackSecurity security = new LoopbackSecurity();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private @Nullable QuicChannel connection;

  private <B extends QuicCodecBuilder<B>> ChannelHandler codec(B builder) {
    return builder
        .maxIdleTimeout(30, TimeUnit.SECONDS)
        .initialMaxData(1 << 24)
        .initialMaxStreamsBidirectional(10)
        .datagram(QUEUE, QUEUE)
        .congestionControlAlgorithm(QuicCongestionControlAlgorithm.BBR)
        .maxSendUdpPayloadSize(1350)
        .maxRecvUdpPayloadSize(1500)
        .build();
  }

  @Override
  public int listen(Consumer<byte[]> received) throws Exception {
    PrivateKey key = (PrivateKey) security.keys().getKey(security.alias(), security.password());
    X509Certificate certificate = (X509Certificate) security.keys().getCertificate(security.alias());
    QuicSslContext tls =
        QuicSslContextBuilder.forServer(key, null, certificate).applicationProtocols(PROTOCOL).build();
    ChannelHandler codec =
        codec(
            new QuicServerCodecBuilder()
                .sslContext(tls)
                .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                .option(
                    QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                    EpollQuicUtils.newSegmentedAllocator(SEGMENTS))
                .handler(new Datagrams(received)));
    Channel socket = bind(codec);
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  private Channel bind(ChannelHandler codec) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(EpollDatagramChannel.class)
        .option(io.netty.channel.ChannelOption.SO_RCVBUF, 8 << 20)
        .option(io.netty.channel.ChannelOption.SO_SNDBUF, 8 << 20)
        .handler(codec)
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sync()
        .channel();
  }

  @Override
  public void connect(int port) throws Exception {
    QuicSslContext tls =
        QuicSslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .applicationProtocols(PROTOCOL)
            .build();
    Channel socket =
        bind(
            codec(
                new QuicClientCodecBuilder()
                    .sslEngineProvider(
                        channel -> tls.newEngine(channel.alloc(), LoopbackSecurity.SERVER_NAME, port))));
    connection =
        QuicChannel.newBootstrap(socket)
            .option(
                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                EpollQuicUtils.newSegmentedAllocator(SEGMENTS))
            .handler(new Datagrams(data -> {}))
            .streamHandler(new ChannelInboundHandlerAdapter())
            .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .connect()
            .get(10, TimeUnit.SECONDS);
  }

  @Override
  public void send(byte[] datagram) {
    QuicChannel open = connection;
    if (open != null) {
      open.write(Unpooled.wrappedBuffer(datagram), open.voidPromise());
    }
  }

  @Override
  public void flush() {
    QuicChannel open = connection;
    if (open != null) {
      open.flush();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @ChannelHandler.Sharable
  private static final class Datagrams extends ChannelInboundHandlerAdapter {
    private final Consumer<byte[]> received;

    Datagrams(Consumer<byte[]> received) {
      this.received = received;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf bytes) {
        received.accept(ByteBufUtil.getBytes(bytes));
      }
      ReferenceCountUtil.release(message);
    }
  }
}
