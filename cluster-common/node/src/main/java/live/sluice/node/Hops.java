package live.sluice.node;

import io.netty.channel.EventLoop;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import live.sluice.hop.identity.CertificateSecurity;
import live.sluice.hop.identity.HopIdentity;
import live.sluice.hop.identity.LoopbackSecurity;
import live.sluice.hop.kwik.KwikTransport;
import live.sluice.hop.kwik.WarmUp;
import live.sluice.hop.link.Link;
import live.sluice.hop.link.LinkHost;
import live.sluice.hop.link.LinkListener;
import live.sluice.hop.link.LinkStatus;
import live.sluice.hop.link.Links;
import live.sluice.hop.transport.HopSecurity;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.node.config.HopSection;
import live.sluice.node.config.NodeConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links by QUIC to other nodes: their parts, made of the configuration, and their port. */
final class Hops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hops.class);

  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final String listen;
  private final int port;
  private final boolean certificates;
  private final boolean regions;
  private final AtomicBoolean warm = new AtomicBoolean();
  private final AtomicBoolean listening = new AtomicBoolean();
  private final Links links;

  /**
   * Listens nowhere yet.
   *
   * @throws SluiceException {@link ErrorCode#CONFIG_INVALID}
   */
  Hops(NodeConfig config, NodeInfo self, List<EventLoop> loops, LinkHost host, Ticker ticker) {
    this.listen = Wiring.hopListen(config);
    this.port = self.hopPort();
    this.certificates = config.hop().hasCertificates();
    this.regions = !config.hop().regions().isEmpty();
    this.links = new Links(new KwikTransport(security(config.hop(), self)), host, loops, ticker);
  }

  private static HopSecurity security(HopSection hop, NodeInfo self) {
    if (!hop.hasCertificates()) {
      return new LoopbackSecurity();
    }
    HopIdentity identity =
        HopIdentity.load(
            Path.of(hop.certificate()), Path.of(hop.key()), Path.of(hop.authority()), InstantSource.system());
    if (!identity.nodeId().equals(self.id())) {
      throw new SluiceException(
          ErrorCode.CONFIG_INVALID,
          "hop.certificate is of node '" + identity.nodeId() + "', and this node is '" + self.id() + "' (node.name)");
    }
    return new CertificateSecurity(identity);
  }

  Links links() {
    return links;
  }

  /**
   * Opens the port: at once where other regions may dial at any time, else when the first stream is known, before which
   * nobody has a reason to. A node that has none stays small.
   *
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}
   */
  void open(StreamDirectory directory) {
    if (regions) {
      listenOnce();
      return;
    }
    requireFree();
    directory.addListener(
        new StreamDirectory.Listener() {
          @Override
          public void entryChanged(StreamKey key, @Nullable StreamEntry entry) {
            listenSoon();
          }
        });
    if (!directory.entries().isEmpty()) {
      listenSoon();
    }
  }

  private void requireFree() {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(listen, port))) {
      probe.getLocalPort();
    } catch (SocketException e) {
      throw Listener.failure("hop.port", listen, port, e);
    }
  }

  private void listenSoon() {
    if (!listening.get()) {
      Thread.ofPlatform().daemon().name("sluice-hop-listen").start(this::listenOrTell);
    }
  }

  private void listenOrTell() {
    try {
      listenOnce();
    } catch (SluiceException e) {
      LOG.error("Links can't be had by other nodes, which pull over TCP instead: {}", SluiceException.chainOf(e));
    }
  }

  private void listenOnce() {
    if (!listening.compareAndSet(false, true)) {
      return;
    }
    links.listen(new InetSocketAddress(listen, port));
    if (!certificates) {
      LOG.info(
          "Links with other nodes are made on this machine only, as hop.certificate is not set: ./sluice certs makes"
              + " certificates");
    }
  }

  /**
   * Does once what takes a JVM long the first time: now, where media may come from other regions at any time, else when
   * there is a first link.
   */
  void warmUp() {
    if (regions) {
      warmUpOnce();
    }
    links.addListener(
        new LinkListener() {
          @Override
          public void up(Link link) {
            warmUpOnce();
          }
        });
  }

  private void warmUpOnce() {
    if (warm.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("sluice-hop-warm-up").start(() -> WarmUp.run(WARM_UP));
    }
  }

  /** How the links do, as they told last; from any thread. */
  List<LinkStatus> statuses() {
    return links.all().stream().map(Link::status).toList();
  }

  /** Tells other nodes that this one stops soon. */
  void goAway(long deadlineMs) {
    links.goAway(deadlineMs);
  }

  @Override
  public void close() {
    links.close();
  }
}
