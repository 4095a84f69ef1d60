package live.sluice.node;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import live.sluice.cluster.ClusterSettings;
import live.sluice.container.hls.HlsSettings;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.ClusterSection;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.http.HttpServerSettings;
import live.sluice.node.regions.OtherRegion;
import live.sluice.pull.ForeignSource;
import live.sluice.pull.PullSettings;
import live.sluice.rtmp.PlayGate;
import live.sluice.rtmp.PublishGate;
import live.sluice.rtmp.RtmpServerSettings;
import live.sluice.rtmp.Vhosts;
import live.sluice.rtmp.command.Query;
import org.jspecify.annotations.Nullable;

/** What each part wants to know of the configuration, in the part's own terms. */
final class Wiring {
  /** Streams that nobody publishes any more and whose segments are kept. */
  private static final int MAX_KEPT_STREAMS = 256;

  private Wiring() {}

  static ClusterSettings clusterSettings(NodeConfig config, NodeInfo self) {
    ClusterSection cluster = config.cluster();
    boolean named = !config.node().host().isEmpty();
    String listen = cluster.listen().isEmpty() ? (named ? self.host() : "127.0.0.1") : cluster.listen();
    return new ClusterSettings(
        cluster.name(),
        listen,
        cluster.allowWildcard(),
        cluster.memberPort(),
        cluster.clientPort(),
        cluster.members(),
        cluster.kubernetesService(),
        cluster.quorum(),
        cluster.origins(),
        cluster.renewal(),
        cluster.lease());
  }

  /** Where hops are listened for: on no other than loopback unless nodes prove who they are. */
  static String hopListen(NodeConfig config) {
    if (!config.hop().listen().isEmpty()) {
      return config.hop().listen();
    }
    boolean reachable = config.hop().hasCertificates() && !config.node().host().isEmpty();
    return reachable ? config.node().host() : "127.0.0.1";
  }

  static List<OtherRegion> otherRegions(NodeConfig config) {
    return config.hop().regions().stream()
        .map(region -> new OtherRegion(region.name(), region.seeds().stream().map(Wiring::address).toList()))
        .toList();
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, colon);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return InetSocketAddress.createUnresolved(
        brackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  static PullSettings pullSettings(NodeConfig config) {
    return new PullSettings(
        config.pull().connectTimeout(),
        config.pull().idleTimeout(),
        config.pull().backoffMin(),
        config.pull().backoffMax(),
        config.pull().sources().stream().map(s -> new ForeignSource(s.match(), s.url())).toList());
  }

  static HlsSettings hlsSettings(NodeConfig config) {
    Duration segment = config.hls().segment();
    return new HlsSettings(
        segment,
        segment.multipliedBy(2),
        config.hls().window(),
        config.hls().kept(),
        config.hls().streamBytes().bytes(),
        config.hls().linger(),
        MAX_KEPT_STREAMS,
        config.media().memoryBudget().bytes() / 2); // the other half is for what is under way to players
  }

  static RtmpServerSettings rtmpSettings(NodeConfig config) {
    RtmpServerSettings usual = RtmpServerSettings.defaults();
    return new RtmpServerSettings(
        config.rtmp().handshakeTimeout(),
        config.rtmp().commandTimeout(),
        usual.pauseLimit(),
        config.rtmp().maxChunkSize().intBytes(),
        config.rtmp().maxMessageSize().intBytes(),
        usual.maxChunkStreams(),
        config.rtmp().maxStreams(),
        config.http().maxUrlLength().intBytes(),
        usual.writeLowBytes(),
        usual.writeHighBytes());
  }

  static HttpServerSettings httpSettings(NodeConfig config, Supplier<NodeConfig> current, Tokens tokens) {
    return new HttpServerSettings(
        config.http().maxUrlLength().intBytes(),
        config.http().maxHeaderSize().intBytes(),
        config.http().requestTimeout(),
        config.http().idleTimeout(),
        config.http().corsOrigin(),
        vhost -> current.get().latencyOf(vhost),
        named -> current.get().vhostOf(named),
        tokens);
  }

  /** The gate behind one that asks publishers for a token. */
  static PublishGate asking(Tokens tokens, PublishGate gate) {
    return (request, owner) -> {
      try {
        tokens.check(Tokens.Wish.PUBLISH, Query.value(request.param(), "token"));
      } catch (SluiceException e) {
        return CompletableFuture.failedStage(e);
      }
      return gate.open(request, owner);
    };
  }

  static PlayGate playGate(Tokens tokens) {
    return (key, param) -> tokens.check(Tokens.Wish.PLAY, Query.value(param, "token"));
  }

  static Vhosts vhosts(Supplier<NodeConfig> current) {
    return new Vhosts() {
      @Override
      public boolean known(String host) {
        return !current.get().vhostOf(host).equals(StreamKey.DEFAULT_VHOST);
      }

      @Override
      public long windowMs(String vhost) {
        return current.get().latencyOf(vhost).windowMs();
      }
    };
  }

  /** What the ports with TLS are served with; null where none is configured. */
  static @Nullable SslContext tls(NodeConfig config) {
    if (config.tls().certificate().isEmpty()) {
      return null;
    }
    try {
      return SslContextBuilder.forServer(new File(config.tls().certificate()), new File(config.tls().key())).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID,
          "tls.certificate " + config.tls().certificate() + " and tls.key " + config.tls().key() + " can't be used",
          e);
    }
  }
}
