package live.sluice.bench.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.rtc.dtls.CertificateFingerprint;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.ice.IceClient;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.PeerTransport;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.wire.Demux;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: a UDP socket of its own, checks by ICE until a candidate of the server answers, the handshake
 * by DTLS, and SRTP both ways. On its loop alone.
 */
public final class RtcPeer {
  /** A connection that is not there after so long has failed. */
  static final long CONNECT_MS = 10_000;

  /** The next candidate is tried where one has not answered for so long. */
  private static final long CANDIDATE_NANOS = 2_000_000_000L;

  /** RFC 7675, section 5.1, has 30 s; whoever measures wants to know sooner that a server is gone. */
  private static final long CONSENT_NANOS = 15_000_000_000L;

  private static final long LEAST_PAUSE_NANOS = 5_000_000;

  /** What the connection is there for. */
  public interface Owner {
    /** The handshake is over: media can be sent, and comes. */
    void onConnected(SrtpSender sender, SrtpReceiver receiver);

    /** So many bytes came from the socket. */
    void onReceived(int bytes);

    /** A protected RTP packet; borrowed, and writable. */
    void onRtp(ByteBuf packet);

    /** A protected RTCP packet; borrowed, and writable. */
    void onRtcp(ByteBuf packet);

    /** What had come at one moment is complete. */
    void onReadComplete();

    /** It is over, and not by {@link #close}. Comes once. */
    void onEnd(String why);
  }

  /** Opens UDP sockets on a loop. */
  @FunctionalInterface
  public interface Sockets {
    /**
     * Opens a socket that is connected to an address.
     *
     * @param failed told why there is none, on the loop
     */
    void open(InetSocketAddress remote, ChannelHandler handler, Consumer<String> failed);
  }

  private final EventLoop loop;
  private final Sockets sockets;
  private final RtcIdentity identity;
  private final Owner owner;
  private final IceCredentials credentials = IceCredentials.random();
  private final EarlyPackets early = new EarlyPackets();
  private List<InetSocketAddress> addresses = List.of();
  private int tried;
  private @Nullable PeerTransport server;
  private @Nullable DtlsEndpoint dtls;
  private @Nullable UdpLink link;
  private @Nullable ScheduledFuture<?> timer;
  private long begunNanos;
  private boolean secured;
  private boolean closed;

  /** A client that has not offered yet. */
  public RtcPeer(EventLoop loop, Sockets sockets, RtcIdentity identity, Owner owner) {
    this.loop = loop;
    this.sockets = sockets;
    this.identity = identity;
    this.owner = owner;
  }

  /** What its offer says of its transport. */
  public LocalTransport transport() {
    return identity.transport(credentials);
  }

  /**
   * Connects, as the server's answer says.
   *
   * @param host who gave the answer
   */
  public void connect(Answer answer, InetAddress host) {
    PeerTransport told = answer.transport();
    CertificateFingerprint remote = CertificateFingerprint.parse(told.fingerprint().text());
    addresses = Addresses.of(told.candidates(), host);
    if (remote == null || addresses.isEmpty()) {
      end(remote == null ? "the answer's fingerprint can't be read" : "the answer has no candidate by UDP");
      return;
    }
    server = told;
    begunNanos = System.nanoTime();
    DtlsRole role = answer.dtlsClient() ? DtlsRole.CLIENT : DtlsRole.SERVER;
    dtls = identity.endpoints().endpoint(role, remote, new HandshakeHop(loop, this));
    tryNext();
  }

  private void tryNext() {
    PeerTransport told = server;
    if (told == null || closed) {
      return;
    }
    UdpLink before = link;
    if (before != null) {
      before.close();
    }
    InetSocketAddress address = addresses.get(tried++ % addresses.size());
    IceCredentials remote = new IceCredentials(told.ufrag(), told.password());
    UdpLink made = new UdpLink(new IceClient(credentials, remote, address, System.nanoTime()), new Datagrams());
    link = made;
    sockets.open(address, made, this::end);
  }

  /** Sends a check that is due, and looks whether the other side is still there. */
  private void tick() {
    UdpLink open = link;
    if (closed || open == null) {
      return;
    }
    long now = System.nanoTime();
    IceClient ice = open.ice();
    if (!secured && now - begunNanos > CONNECT_MS * 1_000_000) {
      end(ice.connected() ? "no handshake by DTLS within 10 s" : unanswered(ice));
    } else if (ice.connected() && now - ice.lastAnswerNanos() > CONSENT_NANOS) {
      end("the server answers checks no more");
    } else if (!ice.connected() && addresses.size() > 1 && now - open.begunNanos() > CANDIDATE_NANOS) {
      tryNext();
    } else {
      ByteBuf request = ice.request(now, ByteBufAllocator.DEFAULT);
      if (request != null) {
        open.write(request);
        open.flush();
      }
      schedule(Math.max(LEAST_PAUSE_NANOS, ice.nanosToRequest(now)));
    }
  }

  private static String unanswered(IceClient ice) {
    return ice.refused() ? "the server refuses our checks" : "no candidate answered a check within 10 s";
  }

  private void schedule(long nanos) {
    unschedule();
    timer = loop.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
  }

  private void unschedule() {
    ScheduledFuture<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Writes a datagram, which is handed over. */
  public void write(ByteBuf datagram) {
    UdpLink open = link;
    if (open == null) {
      datagram.release();
    } else {
      open.write(datagram);
    }
  }

  /** Sends what was written. */
  public void flush() {
    UdpLink open = link;
    if (open != null) {
      open.flush();
    }
  }

  /** Whether the socket takes more. */
  public boolean isWritable() {
    UdpLink open = link;
    return open != null && open.isWritable();
  }

  void secured(SrtpKeys keys) {
    if (!closed && !secured) {
      secured = true;
      owner.onConnected(SrtpSender.of(keys), SrtpReceiver.of(keys));
      early.drain(this::media);
      owner.onReadComplete();
    }
  }

  private void media(ByteBuf packet) {
    if (closed) {
      return;
    }
    if (!secured) {
      early.keep(packet);
    } else if (Demux.kindOf(packet) == Demux.Kind.RTP) {
      owner.onRtp(packet);
    } else {
      owner.onRtcp(packet);
    }
  }

  void handshakeClosed(String why) {
    end(why);
    closeLink();
  }

  private void end(String why) {
    if (!closed) {
      close();
      owner.onEnd(why);
    }
  }

  /** Ends it, and says so to the server (close_notify); from then on the owner is told nothing. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    unschedule();
    early.drain(packet -> {});
    DtlsEndpoint handshake = dtls;
    if (handshake == null) {
      closeLink();
    } else {
      // What it has to say comes from its own thread; the socket is closed behind that.
      handshake.close();
    }
  }

  private void closeLink() {
    UdpLink open = link;
    if (open != null) {
      open.close();
    }
  }

  /** Takes what the present link tells. */
  private final class Datagrams implements UdpLink.Owner {
    @Override
    public void onOpen(UdpLink from) {
      tick();
    }

    @Override
    public void onDatagram(UdpLink from, ByteBuf bytes) {
      if (closed) {
        return;
      }
      owner.onReceived(bytes.readableBytes());
      switch (Demux.kindOf(bytes)) {
        case STUN -> check(from, bytes);
        case DTLS -> {
          DtlsEndpoint handshake = dtls;
          if (handshake != null) {
            handshake.receive(bytes);
          }
        }
        case RTP, RTCP -> media(bytes);
        case UNKNOWN -> {}
      }
    }

    private void check(UdpLink from, ByteBuf bytes) {
      boolean before = from.ice().connected();
      ByteBuf reply = from.ice().handle(bytes, System.nanoTime(), ByteBufAllocator.DEFAULT);
      if (reply != null) {
        from.write(reply);
        from.flush();
      }
      DtlsEndpoint handshake = dtls;
      if (!before && from.ice().connected() && handshake != null && handshake.role() == DtlsRole.CLIENT) {
        handshake.start();
      }
    }

    @Override
    public void onReadComplete() {
      if (!closed && secured) {
        owner.onReadComplete();
      }
    }

    @Override
    public void onUnreachable(UdpLink from) {
      if (closed) {
        return;
      }
      if (from.ice().connected()) {
        end("the server's UDP port is closed");
      } else if (tried < addresses.size()) {
        tryNext();
      }
      // Else the checks go on: the port may be opened a moment after the answer.
    }
  }
}
