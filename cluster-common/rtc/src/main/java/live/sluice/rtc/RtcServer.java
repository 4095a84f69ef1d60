package live.sluice.rtc;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.Ticker;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.whip.PatchAnswer;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcPatch;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtc.whip.RtcSessions;
import live.sluice.rtp.RtpStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WebRTC on a node: its sockets, and the peers that share them. Thread-safe. Whoever opens the ports by {@link #udp} and
 * {@link #tcp} closes them too.
 */
public final class RtcServer implements RtcSessions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RtcServer.class);

  /** Bytes of a datagram that is read; what browsers send has 1,500 at most. */
  private static final int MAX_DATAGRAM = 2048;

  /** Datagrams read by one system call. */
  private static final int DATAGRAMS = 16;

  private static final int SOCKET_BUFFER = 4 << 20;

  private final RtcSettings settings;
  private final Sessions sessions;
  private final Ticker ticker;
  private final RtcCounters counters = new RtcCounters();
  private final PeerTable peers = new PeerTable();
  private final Map<EventLoop, RtcSocket> sockets = new ConcurrentHashMap<>();
  private final Map<EventLoop, PeerClock> clocks = new ConcurrentHashMap<>();
  private final List<EventLoop> loops;
  private final Candidates candidates;
  private final Handshakes handshakes;
  private final Negotiator negotiator;
  private final PeerRequests requests;
  private volatile boolean closed;

  /**
   * Listens nowhere yet.
   *
   * @param loops the event loops of the node, one UDP socket each
   */
  public RtcServer(
      RtcSettings settings, Sessions sessions, RtpStreams streams, RtcHost host, List<EventLoop> loops, Ticker ticker) {
    this.settings = settings;
    this.sessions = sessions;
    this.ticker = ticker;
    this.loops = List.copyOf(loops);
    this.candidates = new Candidates(settings.candidates(), settings.listen(), ticker);
    this.handshakes = new Handshakes(settings);
    this.negotiator = new Negotiator(this, sessions, streams, host, candidates, handshakes);
    this.requests = new PeerRequests(peers, candidates);
  }

  RtcSettings settings() {
    return settings;
  }

  Ticker ticker() {
    return ticker;
  }

  /** What its sockets and peers count. */
  RtcCounters counters() {
    return counters;
  }

  PeerTable peers() {
    return peers;
  }

  /** What it did since it was made, and what it is at. */
  public RtcTotals totals() {
    DtlsEndpoints dtls = handshakes.endpoints();
    return new RtcTotals(
        peers.size(),
        dtls.handshakes(),
        dtls.waiting(),
        counters.receivedDatagrams.sum(),
        counters.strangers.sum(),
        counters.unauthenticated.sum(),
        counters.sentDatagrams.sum(),
        counters.singles.sum(),
        counters.trains.sum(),
        counters.resent.sum(),
        counters.socketErrors.sum(),
        counters.overrun.sum(),
        counters.unsentByUdp.sum(),
        counters.unsentByTcp.sum(),
        counters.connections.get(),
        counters.refusedConnections.sum());
  }

  // ---- ports ----

  /**
   * Makes the beginnings of a loop's UDP socket ready to be bound.
   *
   * @param bootstrap with loop and channel type set; the rest is set here
   * @param epoll whether it is of the native transport: then all loops' sockets can share one port
   */
  public Bootstrap udp(Bootstrap bootstrap, boolean epoll) {
    RtcSocket socket = new RtcSocket(peers, counters, this::opened);
    bootstrap
        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, RtcSocket.WATER_MARK)
        .handler(socket);
    if (epoll) {
      bootstrap
          .option(UnixChannelOption.SO_REUSEPORT, true)
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM)
          .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAMS * MAX_DATAGRAM));
    } else {
      bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
    }
    return bootstrap;
  }

  /** Makes the node's certificate, so that no offer waits for it; blocks for some 100 ms. */
  public void prepare() {
    handshakes.endpoints();
  }

  /** Does once what takes a JVM long the first time; blocks for as long. */
  public void warmUp() {
    handshakes.endpoints().warmUp(5);
  }

  private void opened(RtcSocket socket) {
    sockets.put(socket.loop(), socket);
  }

  /** Makes the TCP port's beginnings ready to be bound; loops and channel type are set. */
  public ServerBootstrap tcp(ServerBootstrap bootstrap) {
    return bootstrap
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new RtcTcp(peers, counters, ticker, settings.consent(), RtcTcp.MOST_CONNECTIONS));
  }

  /**
   * Says on which ports it listens now, so that answers can tell.
   *
   * @param tcpPort 0 for none
   */
  public void listening(int udpPort, int tcpPort) {
    candidates.listening(udpPort, tcpPort);
  }

  /** The way to an address from that loop. */
  PeerPath pathTo(EventLoop loop, InetSocketAddress remote) {
    RtcSocket socket = sockets.get(loop);
    if (socket == null) {
      socket = sockets.values().iterator().next(); // without the native transport there is one only
    }
    return socket.pathTo(remote);
  }

  // ---- peers ----

  /** The loop with the fewest peers. */
  EventLoop nextLoop() {
    EventLoop best = loops.getFirst();
    int fewest = Integer.MAX_VALUE;
    for (EventLoop loop : loops) {
      PeerClock clock = clocks.get(loop);
      int load = clock == null ? 0 : clock.size();
      if (load < fewest) {
        fewest = load;
        best = loop;
      }
    }
    return best;
  }

  /** Lets a peer be reached. */
  void add(Peer peer) {
    peers.add(peer);
    peers.name(peer.ice().local().ufrag(), peer);
    clocks.computeIfAbsent(peer.loop(), loop -> new PeerClock(loop, ticker)).add(peer);
    if (closed) {
      peer.run(() -> peer.end(ErrorCode.DRAINING, "the node stops"), () -> {});
    }
  }

  /** The peer uses its new credentials: the old ones are nobody's now. */
  void restarted(Peer peer) {
    peers.restarted(peer);
  }

  void ended(Peer peer, ErrorCode code, String why) {
    peers.remove(peer);
    PeerClock clock = clocks.get(peer.loop());
    if (clock != null) {
      clock.remove(peer);
    }
    Session session = peer.session();
    LOG.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("stream", session.stream())
        .addKeyValue("code", code.label())
        .addKeyValue("sent", session.sentBytes())
        .addKeyValue("received", session.receivedBytes())
        .log("WebRTC ended: {}", why);
    sessions.close(session, code);
  }

  // ---- sessions ----

  @Override
  public CompletionStage<RtcAnswer> publish(RtcRequest request) {
    return negotiator.publish(request);
  }

  @Override
  public CompletionStage<RtcAnswer> play(RtcRequest request) {
    return negotiator.play(request);
  }

  @Override
  public CompletionStage<PatchAnswer> patch(String id, RtcPatch patch) {
    return requests.patch(id, patch);
  }

  @Override
  public CompletionStage<Boolean> end(String id) {
    return requests.end(id);
  }

  /** Ends all peers. */
  @Override
  public void close() {
    closed = true;
    for (Peer peer : new ArrayList<>(peers.all())) {
      peer.run(() -> peer.end(ErrorCode.DRAINING, "the node stops"), () -> {});
    }
    clocks.values().forEach(PeerClock::close);
  }
}
