package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Ticker;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtc.whip.Etag;
import live.sluice.rtp.wire.Demux;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebRTC connection: checks by ICE, a DTLS handshake on the path that proved itself, and SRTP both ways; what the
 * packets are for is its {@link PeerMedia}'s. It belongs to one event loop, which it has from the beginning to the end;
 * methods that may be called from elsewhere say so.
 */
final class Peer {
  /** How often {@link PeerMedia#onTick} is called, in ms. */
  static final long TICK_MS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);

  private final String id;
  private final Session session;
  private final PeerDetails details;
  private final EventLoop loop;
  private final RtcServer server;
  private final IceLiteAgent ice;
  private final Duration connectTimeout;
  private @Nullable PeerMedia media;
  private @Nullable DtlsEndpoint dtls;
  private final PeerSrtp srtp;
  private final PeerPaths paths;
  private final HandOffs handOffs = new HandOffs();
  private boolean closed;
  private String etag = Etag.next();

  Peer(RtcServer server, String id, Session session, EventLoop loop, IceLiteAgent ice) {
    this.server = server;
    this.id = id;
    this.session = session;
    this.details = new PeerDetails(session);
    this.loop = loop;
    this.ice = ice;
    this.paths = new PeerPaths(this, server, ice);
    this.srtp = new PeerSrtp(server.counters(), allocator());
    this.connectTimeout = server.settings().connectTimeout();
  }

  /** The name in its URL; from any thread. */
  String id() {
    return id;
  }

  /** From any thread. */
  Session session() {
    return session;
  }

  /** What its session tells of it. */
  PeerDetails details() {
    return details;
  }

  /** From any thread. */
  EventLoop loop() {
    return loop;
  }

  /** Of what other loops read for it; from any thread. */
  HandOffs handOffs() {
    return handOffs;
  }

  Ticker ticker() {
    return server.ticker();
  }

  RtcCounters counters() {
    return server.counters();
  }

  ByteBufAllocator allocator() {
    return ByteBufAllocator.DEFAULT;
  }

  IceLiteAgent ice() {
    return ice;
  }

  /** The version of what its client was told: another one after each restart. */
  String etag() {
    return etag;
  }

  boolean isClosed() {
    return closed;
  }

  /** Where packets go to; null as long as the peer proved no address. */
  @Nullable PeerPath path() {
    return paths.path();
  }

  /** Protects what is sent; null before the handshake is over. */
  @Nullable SrtpSender sender() {
    return srtp.sender();
  }

  /** Runs a task on its loop, now where we are on it, or the other one where the loop is gone; from any thread. */
  void run(Runnable task, Runnable otherwise) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (loop.isShuttingDown()) {
      otherwise.run();
    } else {
      loop.execute(task);
    }
  }

  /** Says what it is there for, and with whom the handshake is made; before anybody can reach it. */
  void prepare(PeerMedia what, DtlsEndpoint handshake) {
    media = what;
    dtls = handshake;
  }

  // ---- what comes ----

  /**
   * Takes a datagram, which stays the caller's.
   *
   * @param back the connection that it came by; null for UDP
   */
  void received(Demux.Kind kind, ByteBuf bytes, InetSocketAddress from, @Nullable PeerPath back) {
    if (closed) {
      return;
    }
    long now = ticker().nanos();
    if (kind == Demux.Kind.STUN) {
      if (paths.check(bytes, from, back, now)) {
        reachable();
      }
      return;
    }
    // Only from an address that proved itself is anything else looked at.
    if (!ice.proved(from, back != null)) {
      counters().strangers.increment();
      return;
    }
    session.countReceived(bytes.readableBytes());
    switch (kind) {
      case DTLS -> {
        DtlsEndpoint handshake = dtls;
        if (handshake != null) {
          handshake.receive(bytes);
        }
      }
      case RTP -> rtp(bytes, now);
      case RTCP -> rtcp(bytes, now);
      case STUN, UNKNOWN -> {}
    }
  }

  private void reachable() {
    DtlsEndpoint handshake = dtls;
    if (handshake != null) {
      handshake.start();
    }
    PeerMedia to = media;
    if (to != null) {
      to.onReachable();
    }
  }

  /** A connection of it was closed. */
  void pathClosed(PeerPath gone) {
    paths.closed(gone);
  }

  private void rtp(ByteBuf bytes, long now) {
    PeerMedia to = media;
    ByteBuf packet = to == null ? null : srtp.openRtp(bytes);
    if (to != null && packet != null) {
      to.onRtp(packet, now);
    }
  }

  private void rtcp(ByteBuf bytes, long now) {
    PeerMedia to = media;
    ByteBuf packet = to == null ? null : srtp.openRtcp(bytes);
    if (to != null && packet != null) {
      try {
        to.onRtcp(packet, now);
      } finally {
        packet.release();
      }
    }
  }

  /** What was read at one moment is complete. */
  void readComplete() {
    PeerMedia to = media;
    if (!closed && to != null) {
      to.onReadComplete();
    }
  }

  // ---- what goes ----

  /** Protects and sends an RTCP packet, which stays the caller's. */
  void sendRtcp(ByteBuf plain) {
    PeerPath to = path();
    ByteBuf out = to == null ? null : srtp.protectRtcp(plain);
    if (to != null && out != null) {
      session.countSent(out.readableBytes());
      to.send(out);
    }
  }

  /** Sends a datagram of the handshake, which is handed over; its last one when the peer has ended; from any thread. */
  void sendDtls(ByteBuf datagram) {
    run(
        () -> {
          PeerPath to = path();
          if (to == null) {
            datagram.release();
          } else {
            to.send(datagram);
          }
        },
        datagram::release);
  }

  /** The handshake is over; from any thread. */
  void secured(SrtpKeys keys) {
    run(
        () -> {
          if (closed || sender() != null) {
            return;
          }
          srtp.begin(keys);
          LOG.atInfo()
              .addKeyValue("session", session.id())
              .addKeyValue("stream", session.stream())
              .addKeyValue("path", session.detail("path"))
              .addKeyValue("srtp", keys.profile())
              .log("WebRTC connected");
          PeerMedia to = media;
          if (to != null) {
            to.onConnected();
          }
        },
        () -> {});
  }

  // ---- time and end ----

  void tick(long nowNanos) {
    if (closed) {
      return;
    }
    if (ice.connected() && ice.expired(nowNanos)) {
      paths.silence(); // RFC 7675, section 5.1: it is sent nothing more, no goodbye either
      end(ErrorCode.CONSENT_EXPIRED, "the peer has sent no check for " + server.settings().consent().toSeconds() + " s");
      return;
    }
    if (sender() == null && nowNanos - ice.createdNanos() > connectTimeout.toNanos()) {
      String how = ice.connected() ? "its DTLS handshake did not end" : "no check of it has reached this node";
      end(ErrorCode.HANDSHAKE_TIMEOUT, how + " within " + connectTimeout.toSeconds() + " s");
      return;
    }
    PeerMedia to = media;
    if (to != null && sender() != null) {
      to.onTick(nowNanos);
    }
  }

  /** Restarts ICE with new credentials. The old ones are good until the peer uses the new ones. */
  void restart(IceCredentials credentials) {
    paths.restart(credentials);
    etag = Etag.next();
  }

  /** Names that it had before restarts which it has not followed yet. */
  List<String> formerNames() {
    return paths.formerNames();
  }

  /** Ends it; more calls do nothing. */
  void end(ErrorCode code, String why) {
    if (closed) {
      return;
    }
    closed = true;
    PeerMedia to = media;
    if (to != null) {
      to.onClosed(code, why);
    }
    DtlsEndpoint handshake = dtls;
    if (handshake != null) {
      handshake.close(); // it says so to the peer, on a thread of its own, and then is told of by disconnect()
    } else {
      disconnect();
    }
    server.ended(this, code, why);
  }

  /** Nothing more is sent: the handshake, which has the last word, has ended. */
  void disconnect() {
    paths.close();
  }
}
