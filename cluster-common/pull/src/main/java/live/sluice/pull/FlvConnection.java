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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.container.flv.FlvFrameSource;
import live.sluice.container.flv.FlvTagReader;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as HTTP-FLV over one TCP connection. The tags that come become the frames' FLV form as they are.
 */
final class FlvConnection extends ChannelInboundHandlerAdapter implements SourceConnection {
  private static final int MAX_HEADERS = 16 << 10;
  private static final int MAX_CHUNK = 64 << 10;

  private final String authority;
  private final String pathAndQuery;
  private final PullSettings settings;
  private final Session session;
  private final Events events;
  private final Consumer<HttpHeaders> headers;
  private @Nullable FlvFrameSource source;
  private @Nullable Channel channel;
  private boolean over;

  private FlvConnection(
      String authority,
      String pathAndQuery,
      PullSettings settings,
      Session session,
      Events events,
      Consumer<HttpHeaders> headers) {
    this.authority = authority;
    this.pathAndQuery = pathAndQuery;
    this.settings = settings;
    this.session = session;
    this.events = events;
    this.headers = headers;
  }

  /**
   * Connects.
   *
   * @param loop the stream's loop, which becomes the connection's
   * @param address of the server, its name to be resolved
   * @param headers adds headers to the request
   */
  static FlvConnection open(
      EventLoop loop,
      ChannelFactory<? extends Channel> channels,
      InetSocketAddress address,
      String pathAndQuery,
      PullSettings settings,
      Session session,
      Events events,
      Consumer<HttpHeaders> headers) {
    String host = address.getHostString();
    String authority = (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    FlvConnection connection = new FlvConnection(authority, pathAndQuery, settings, session, events, headers);
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
          fail(ErrorCode.STREAM_ENDED, authority + " ended the stream");
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onResponse(ChannelHandlerContext ctx, HttpResponse response) {
    int status = response.status().code();
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
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
