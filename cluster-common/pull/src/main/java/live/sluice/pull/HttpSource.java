package live.sluice.pull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.container.flv.FlvFrameSource;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Ticker;
import live.sluice.pull.packets.PacketHop;
import live.sluice.pull.packets.PacketInput;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream over one HTTP connection: as FLV, whose tags become the frames' FLV form as they are, or as packets of RTP
 * where that is offered and the other side takes it up.
 */
final class HttpSource extends ChannelInboundHandlerAdapter implements SourceConnection {
  private static final int MAX_HEADERS = 16 << 10;
  private static final int MAX_CHUNK = 64 << 10;

  private final String authority;
  private final String pathAndQuery;
  private final PullSettings settings;
  private final Session session;
  private final Events events;
  private final Consumer<HttpHeaders> headers;
  private final Ticker ticker;
  private final boolean takesPackets;
  private @Nullable FlvFrameSource source;
  private @Nullable PacketInput packets;
  private boolean upgrading;
  private @Nullable Channel channel;
  private boolean over;

  private HttpSource(
      String authority,
      String pathAndQuery,
      PullSettings settings,
      Session session,
      Events events,
      Consumer<HttpHeaders> headers,
      Ticker ticker,
      boolean takesPackets) {
    this.authority = authority;
    this.pathAndQuery = pathAndQuery;
    this.settings = settings;
    this.session = session;
    this.events = events;
    this.headers = headers;
    this.ticker = ticker;
    this.takesPackets = takesPackets;
  }

  /**
   * Connects.
   *
   * @param loop the stream's loop, which becomes the connection's
   * @param address of the server, its name to be resolved
   * @param headers adds headers to the request
   * @param takesPackets whether to offer that the stream may come as packets
   */
  static HttpSource open(
      EventLoop loop,
      ChannelFactory<? extends Channel> channels,
      InetSocketAddress address,
      String pathAndQuery,
      PullSettings settings,
      Session session,
      Events events,
      Consumer<HttpHeaders> headers,
      Ticker ticker,
      boolean takesPackets) {
    String host = address.getHostString();
    String authority = (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    HttpSource connection =
        new HttpSource(authority, pathAndQuery, settings, session, events, headers, ticker, takesPackets);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel ch) {
                    long idle = settings.idleTimeout().toMillis();
                    ch.pipeline()
                        .addLast(new HttpClientCodec(4096, MAX_HEADERS, MAX_CHUNK))
                        .addLast(new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS))
                        .addLast(connection);
                  }
                });
    Names.resolve(loop, host, address.getPort(), resolved -> connection.connect(bootstrap, resolved));
    return connection;
  }

  private void connect(Bootstrap bootstrap, InetSocketAddress address) {
    if (over) {
      return;
    }
    if (address.isUnresolved()) {
      fail(ErrorCode.CONNECTION_LOST, "can't connect to " + authority + ": the name is not known");
      return;
    }
    bootstrap
        .connect(address)
        .addListener(
            future -> {
              if (!future.isSuccess()) {
                String cause = SluiceException.chainOf(future.cause());
                fail(ErrorCode.CONNECTION_LOST, "can't connect to " + authority + ": " + cause);
              }
            });
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (over) {
      ctx.close();
      return;
    }
    channel = ctx.channel();
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, pathAndQuery);
    request.headers().set(HttpHeaderNames.HOST, authority).set(HttpHeaderNames.USER_AGENT, "Sluice");
    headers.accept(request.headers());
    if (takesPackets) {
      PacketHop.offer(request.headers());
    }
    ctx.writeAndFlush(request);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (over) {
        return;
      }
      if (message instanceof HttpResponse response) {
        onResponse(ctx, response);
      }
      if (message instanceof HttpContent content && !over) {
        onContent(content.content());
        if (message instanceof LastHttpContent && !over) {
          onLastContent(ctx);
        }
      }
      if (message instanceof ByteBuf bytes) {
        onPackets(bytes);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onResponse(ChannelHandlerContext ctx, HttpResponse response) {
    int status = response.status().code();
    if (status == 101 && takesPackets && PacketHop.isNamed(response.headers())) {
      upgrading = true;
      return;
    }
    if (status != 200) {
      ErrorCode code =
          switch (status) {
            case 421 -> ErrorCode.NOT_OWNER;
            case 404 -> ErrorCode.STREAM_NOT_FOUND;
            case 401, 403 -> ErrorCode.UNAUTHORIZED;
            default -> ErrorCode.UPSTREAM_FAILED;
          };
      fail(code, authority + " answered " + response.status() + " for " + pathAndQuery);
      return;
    }
    source = new FlvFrameSource(ctx.alloc(), FlvTagReader.DEFAULT_MAX_BODY);
    events.started();
  }

  private void onContent(ByteBuf bytes) {
    FlvFrameSource from = source;
    if (from == null) {
      return;
    }
    session.countReceived(bytes.readableBytes());
    Frame frame;
    while (!over && (frame = from.read(bytes)) != null) {
      if (!frame.config()) {
        session.countFrame();
      }
      events.frame(frame);
    }
  }

  private void onLastContent(ChannelHandlerContext ctx) {
    if (!upgrading) {
      fail(ErrorCode.STREAM_ENDED, authority + " ended the stream");
      return;
    }
    packets = new PacketInput(ctx.alloc(), session, ticker, new Packets(ctx.channel()));
    // What the codec has read beyond the answer comes as bytes from here on.
    ctx.pipeline().remove(HttpClientCodec.class);
  }

  private void onPackets(ByteBuf bytes) {
    PacketInput to = packets;
    if (to != null && !over) {
      to.read(bytes);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    PacketInput to = packets;
    if (to != null && !over) {
      to.readComplete();
    }
  }

  /** What comes of the other side as packets. */
  private final class Packets implements PacketInput.Events {
    private final PacketRequests requests;

    Packets(Channel channel) {
      requests = PacketRequests.over(channel);
    }

    @Override
    public RtpFeed tracks(List<RtpTrack> tracks, boolean heedsRequests) {
      return events.startedPackets(tracks, heedsRequests, requests);
    }

    @Override
    public void ended(ErrorCode code, String why) {
      fail(code, authority + " ended the stream: " + why);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      fail(
          ErrorCode.UPSTREAM_FAILED,
          authority + " sent nothing for " + settings.idleTimeout().toMillis() + " ms");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ErrorCode.CONNECTION_LOST, "the connection to " + authority + " was closed");
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own deprecation: there is no other place to see a pipeline's exceptions.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean coded = cause instanceof SluiceException;
    ErrorCode code = coded ? SluiceException.codeOf(cause) : ErrorCode.CONNECTION_LOST;
    fail(code, "reading from " + authority + ": " + SluiceException.chainOf(cause));
  }

  private void fail(ErrorCode code, String why) {
    if (!over) {
      close();
      events.ended(code, why);
    }
  }

  @Override
  public void close() {
    over = true;
    FlvFrameSource from = source;
    source = null;
    if (from != null) {
      from.close();
    }
    PacketInput to = packets;
    if (to != null) {
      to.close();
    }
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
