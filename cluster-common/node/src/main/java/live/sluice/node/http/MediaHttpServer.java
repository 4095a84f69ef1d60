package live.sluice.node.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import live.sluice.media.NodeInfo;
import live.sluice.media.Sessions;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.node.web.WebFiles;
import live.sluice.pull.NodeCredential;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;

/** The HTTP media server of a node: one or two ports, what they serve, and the connections' common parts. */
public final class MediaHttpServer {
  /** What may pile up in a connection before its reader is told to wait: some hundred ms of video. */
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final HttpServerSettings settings;
  private final Sessions sessions;
  private final StreamRegistry registry;
  private final @Nullable RtpStreams packets;
  private final NodeGate nodes;
  private final HlsService hls;
  private final HlsViewers viewers;
  private final WebFiles webFiles;
  private final StreamsJson streamsJson;
  private final Ticker ticker;
  private final Responses responses;

  /**
   * A server that listens nowhere yet.
   *
   * @param packets serves other nodes what is published as packets; null where nothing is
   */
  public MediaHttpServer(
      NodeInfo self,
      HttpServerSettings settings,
      Sessions sessions,
      StreamRegistry registry,
      @Nullable RtpStreams packets,
      StreamDirectory directory,
      NodeCredential credential,
      HlsService hls,
      HlsViewers viewers,
      WebFiles webFiles,
      StreamsJson streamsJson,
      Ticker ticker) {
    this.settings = settings;
    this.sessions = sessions;
    this.registry = registry;
    this.packets = packets;
    this.nodes = new NodeGate(self, credential, registry, directory);
    this.hls = hls;
    this.viewers = viewers;
    this.webFiles = webFiles;
    this.streamsJson = streamsJson;
    this.ticker = ticker;
    this.responses = new Responses(settings.corsOrigin());
  }

  /**
   * Makes a server's beginnings ready to be bound.
   *
   * @param bootstrap with loops and channel type set; the rest is set here
   * @param tls null for plain HTTP
   */
  public ServerBootstrap prepare(ServerBootstrap bootstrap, @Nullable SslContext tls) {
    return bootstrap
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel ch) {
                initialize(ch, tls);
              }
            });
  }

  private void initialize(Channel ch, @Nullable SslContext tls) {
    if (tls != null) {
      ch.pipeline().addLast(tls.newHandler(ch.alloc()));
    }
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.maxUrlLength())
            .setMaxHeaderSize(settings.maxHeaderSize())
            .setMaxChunkSize(8192);
    ch.pipeline()
        .addLast(new HttpServerCodec(decoder))
        .addLast(new IdleStateHandler(true, 0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
        .addLast(new MediaHttpHandler(this));
  }

  HttpServerSettings settings() {
    return settings;
  }

  Sessions sessions() {
    return sessions;
  }

  StreamRegistry registry() {
    return registry;
  }

  @Nullable RtpStreams packets() {
    return packets;
  }

  NodeGate nodes() {
    return nodes;
  }

  HlsService hls() {
    return hls;
  }

  HlsViewers viewers() {
    return viewers;
  }

  WebFiles webFiles() {
    return webFiles;
  }

  StreamsJson streamsJson() {
    return streamsJson;
  }

  Ticker ticker() {
    return ticker;
  }

  Responses responses() {
    return responses;
  }
}
