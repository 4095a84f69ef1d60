package live.sluice.node;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import live.sluice.container.hls.HlsPackager;
import live.sluice.container.hls.HlsPackagers;
import live.sluice.hop.control.NodeLoad;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamDirectory;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.node.auth.Tokens;
import live.sluice.node.config.HopStreams;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.http.HlsService;
import live.sluice.node.http.HlsViewers;
import live.sluice.node.http.MediaHttpServer;
import live.sluice.node.http.StreamsJson;
import live.sluice.node.regions.Gateways;
import live.sluice.node.regions.RegionRoutes;
import live.sluice.node.state.HopView;
import live.sluice.node.state.Lifecycle;
import live.sluice.node.state.NodeView;
import live.sluice.node.web.WebFiles;
import live.sluice.pull.ClusterUpstream;
import live.sluice.pull.HlsFetcher;
import live.sluice.pull.NodeCredential;
import live.sluice.pull.PublishRelay;
import live.sluice.pull.PullSettings;
import live.sluice.pull.link.HopServer;
import live.sluice.rtc.RtcTotals;
import live.sluice.rtc.whip.RtcSessions;
import live.sluice.rtmp.PublishGate;
import live.sluice.rtmp.RtmpServer;
import live.sluice.rtp.RtpStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: makes the parts from the configuration, gives them to each other, opens the ports, and takes
 * everything down again in order. One thread starts and stops it; {@link #state} may be read from any.
 *
 * <p>It is long since every part is made here once, one after the other: who needs whom, and in which order they start and end,
 * is what this file is about, and it is seen in one place.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** What an edge keeps of other nodes' HLS objects, in bytes. */
  private static final long HLS_CACHE_BYTES = 128L << 20;

  private static final long HOUSEKEEPING_MS = 1_000;

  /** How long sessions may take to end once they were told to, in ms. */
  private static final long CLOSE_MS = 2_000;

  private final NodeConfig config;
  private volatile NodeConfig current;
  private final Ticker ticker = Ticker.SYSTEM;
  private final NodeInfo self;
  private final int rtcPort;
  private final @Nullable WebRtc rtc;
  private final ClusterUpstream upstream;
  private final @Nullable Hops hops;
  private @Nullable Gateways gateways;
  private final Tokens tokens;
  private final EventLoops loops;
  private final Sessions sessions;
  private final Membership membership;
  private final StreamDirectory directory;
  private final StreamRegistry registry;
  private final HlsPackagers packagers;
  private final HlsFetcher fetcher;
  private final HlsViewers viewers;
  private final RtmpServer rtmp;
  private final List<Channel> ports = new ArrayList<>();
  private @Nullable Control control;
  private volatile Lifecycle state = Lifecycle.STARTING;

  private Node(NodeConfig config, NodeInfo.Role role) {
    this.config = config;
    this.current = config;
    this.self = Identity.of(config, role, ticker);
    this.rtcPort = config.rtc().enabled() ? Identity.rtcPort(config, self) : 0;
    this.tokens = new Tokens(() -> current.auth());
    // First of all, since it takes longest: it starts aside while the rest is made.
    this.membership = new Membership(Wiring.clusterSettings(config, self), self);
    this.directory = membership.directory();
    this.loops = EventLoops.create(config.node().eventLoops());
    this.sessions = new Sessions(config.limits().sessions(), config.limits().sessionsPerAddress(), ticker);
    this.registry = new StreamRegistry(config.mediaSettings(), directory, ticker);
    NodeCredential credential = new NodeCredential(config.cluster().secret(), ticker);
    PullSettings pull = Wiring.pullSettings(config);
    this.rtc =
        rtcPort == 0
            ? null
            : new WebRtc(config, self, loops, sessions, registry, directory, pull, membership::placeFor, ticker);
    this.upstream =
        new ClusterUpstream(directory, self, credential, pull, loops.clientChannels(), packets(), ticker);
    registry.setUpstream(upstream);
    this.hops = hops(config, self);
    this.packagers = new HlsPackagers(Wiring.hlsSettings(config), ticker);
    if (config.hls().enabled()) {
      registry.addListener(packagers);
    }
    this.fetcher = new HlsFetcher(self, credential, pull, HLS_CACHE_BYTES, ticker);
    this.viewers = new HlsViewers(sessions, ticker);
    PublishGate gate =
        role == NodeInfo.Role.ORIGIN
            ? PublishGate.local(registry)
            : new PublishRelay(directory, membership::placeFor, loops.clientChannels(), pull);
    this.rtmp =
        new RtmpServer(
            Wiring.rtmpSettings(config),
            registry,
            sessions,
            Wiring.asking(tokens, gate),
            Wiring.playGate(tokens),
            Wiring.vhosts(() -> current),
            ticker);
  }

  /** Links with other nodes carry packets: a node without WebRTC has none. */
  private @Nullable Hops hops(NodeConfig config, NodeInfo self) {
    RtpStreams streams = packets();
    if (self.hopPort() == 0 || streams == null) {
      return null;
    }
    HopServer server = new HopServer(self, sessions, registry, directory, streams, upstream::pulledFrom);
    Hops made = new Hops(config, self, loops.list(), server, ticker);
    upstream.setLinks(made.links(), new RegionRoutes(self, membership.directory()));
    if (config.hop().streams() == HopStreams.TCP) {
      upstream.pullOverTcp();
    }
    gateways =
        new Gateways(
            self,
            membership.directory(),
            made.links(),
            Wiring.otherRegions(config),
            this::nodeLoads,
            ticker);
    return made;
  }

  /**
   * Starts a node and returns when it is ready.
   *
   * @throws SluiceException {@link ErrorCode#LISTEN_FAILED}, {@link ErrorCode#CONFIG_INVALID}; nothing is left running
   */
  public static Node start(NodeConfig config, NodeInfo.Role role) {
    Node node = new Node(config, role);
    try {
      node.open();
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void open() {
    SslContext tls = Wiring.tls(config);
    int apiTlsPort = tls == null ? 0 : config.api().tlsPort();
    MediaHttpServer http =
        new MediaHttpServer(
            self,
            Wiring.httpSettings(config, () -> current, tokens),
            sessions,
            registry,
            packets(),
            directory,
            new NodeCredential(config.cluster().secret(), ticker),
            new HlsService(
                self, packagers, directory, config.hls().linger(), fetcher, config.http().corsOrigin(), ticker),
            viewers,
            WebFiles.load(),
            new StreamsJson(self, apiTlsPort, rtcPort > 0, registry, directory, ticker),
            ticker);
    listenRtmp("rtmp.port", self.rtmpPort(), null);
    String listen = config.http().listen();
    ports.add(Listener.open(http.prepare(loops.serverBootstrap(), null), "http.port", listen, self.httpPort()));
    if (tls != null) {
      listenRtmp("rtmp.tls-port", config.rtmp().tlsPort(), tls);
      ports.add(
          Listener.open(
              http.prepare(loops.serverBootstrap(), tls), "http.tls-port", listen, config.http().tlsPort()));
    }
    WebRtc webRtc = rtc;
    if (webRtc != null) {
      ports.addAll(webRtc.open(rtcPort));
    }
    Hops linked = hops;
    if (linked != null) {
      linked.open(directory);
    }
    control = Control.open(loops, view(), webRtc == null ? RtcSessions.NONE : webRtc.server());
    membership.awaitJoined();
    loops.group().scheduleAtFixedRate(this::housekeeping, HOUSEKEEPING_MS, HOUSEKEEPING_MS, TimeUnit.MILLISECONDS);
    state = Lifecycle.RUNNING;
    LOG.atInfo()
        .addKeyValue("node", self.id())
        .addKeyValue("role", self.role())
        .addKeyValue("rtmp", self.rtmpAuthority())
        .addKeyValue("http", self.httpAuthority())
        .addKeyValue("api", self.apiAuthority())
        .log("node is ready");
    fetcher.warmUp();
    if (webRtc != null) {
      webRtc.warmUp();
    }
    if (linked != null) {
      linked.warmUp();
    }
  }

  /** Streams as packets; null on a node without WebRTC, where nobody reads them. */
  private @Nullable RtpStreams packets() {
    WebRtc webRtc = rtc;
    return webRtc == null ? null : webRtc.streams();
  }

  private NodeView view() {
    WebRtc webRtc = rtc;
    Supplier<RtcTotals> totals = webRtc == null ? () -> RtcTotals.NONE : webRtc.server()::totals;
    return new NodeView(
        () -> current,
        self,
        sessions,
        registry,
        directory,
        () -> membership.loads(registry.streams().size(), players()),
        this::state,
        rtcPort,
        totals,
        hopView(),
        ticker);
  }

  private HopView hopView() {
    Hops linked = hops;
    Gateways known = gateways;
    return linked == null || known == null
        ? HopView.NONE
        : new HopView(linked::statuses, known::nodesElsewhere, upstream::isSuspected);
  }

  private void listenRtmp(String key, int port, @Nullable SslContext tls) {
    ports.add(Listener.open(rtmp.prepare(loops.serverBootstrap(), tls), key, config.rtmp().listen(), port));
  }

  private void housekeeping() {
    viewers.sweep();
    for (StreamKey key : packagers.keys()) {
      HlsPackager packager = packagers.find(key);
      if (packager != null) {
        registry.reachedDiscontinuity(key, packager.discontinuitySequence());
      }
    }
    membership.setLoad(registry.streams().size(), players());
    Gateways known = gateways;
    if (known != null) {
      known.tick();
    }
  }

  private Collection<NodeLoad> nodeLoads() {
    List<NodeLoad> loads = new ArrayList<>();
    for (NodeView.NodeLoad load : membership.loads(registry.streams().size(), players())) {
      loads.add(new NodeLoad(load.info(), load.streams(), load.players()));
    }
    return loads;
  }

  private int players() {
    int players = 0;
    for (Session session : sessions.all()) {
      players += session.type().plays() ? 1 : 0;
    }
    return players;
  }

  /**
   * Takes no new sessions from now on, and waits until those that are there have ended, at most for the configured
   * deadline.
   */
  public void drain() {
    if (state != Lifecycle.RUNNING) {
      return;
    }
    state = Lifecycle.DRAINING;
    LOG.atInfo()
        .addKeyValue("sessions", sessions.size())
        .addKeyValue("deadline", config.node().drainDeadline())
        .log("node is draining");
    registry.drain();
    Hops linked = hops;
    if (linked != null) {
      linked.goAway(config.node().drainDeadline().toMillis());
    }
    long endMs = ticker.millis() + config.node().drainDeadline().toMillis();
    while (hasMediaSessions() && endMs - ticker.millis() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private boolean hasMediaSessions() {
    for (Session session : sessions.all()) {
      if (session.type().plays() || session.publishes() || session.type() == Session.Type.NODE_PULL) {
        return true;
      }
    }
    return false;
  }

  /** Ends what is left, and lets go of everything. More calls do nothing. */
  @Override
  public void close() {
    if (state == Lifecycle.STOPPING || state == Lifecycle.STOPPED) {
      return;
    }
    state = Lifecycle.STOPPING;
    registry.shutDown();
    rtmp.close();
    Hops linked = hops;
    if (linked != null) {
      linked.close();
    }
    WebRtc webRtc = rtc;
    if (webRtc != null) {
      webRtc.close();
    }
    for (Session session : sessions.all()) {
      session.end(ErrorCode.DRAINING, "the node stops");
    }
    for (Channel port : ports) {
      port.close();
    }
    // The directory last of what sessions need: their streams are given up one by one.
    long endMs = ticker.millis() + CLOSE_MS;
    while ((sessions.size() > 0 || !registry.streams().isEmpty()) && endMs - ticker.millis() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    Control watched = control;
    if (watched != null) {
      watched.close();
    }
    packagers.close();
    fetcher.close();
    membership.close();
    loops.close();
    state = Lifecycle.STOPPED;
    LOG.info("node has stopped");
  }

  /** Takes over what can be changed in a running node, and tells what was and what needs a restart. */
  public Reload reload(NodeConfig next) {
    Reload reload = Reload.between(current, next);
    current = current.withLiveParts(next);
    return reload;
  }

  /** How far it is on its way. */
  public Lifecycle state() {
    return state;
  }

  /** The node as others see it. */
  public NodeInfo self() {
    return self;
  }
}
