package live.sluice.rtc;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.ice.IceSettings;
import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.PeerTransport;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtc.whip.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that has been opened for an offer, and what its client can be told of it: a peer, once the offer has been
 * understood and its stream found, or a refusal. Thread-safe.
 */
final class Draft {
  private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

  private final RtcServer server;
  private final Sessions sessions;
  private final Handshakes handshakes;
  private final RtcRequest request;
  private final List<Candidate> told;
  private final Session session;
  private final String id = SessionId.next();
  private final IceCredentials credentials = IceCredentials.random();
  private final AtomicReference<@Nullable Peer> peer = new AtomicReference<>();
  private volatile boolean ended;

  /**
   * Opens the session.
   *
   * @param told where the client may come to
   * @throws SluiceException where no more sessions are taken
   */
  Draft(
      RtcServer server,
      Sessions sessions,
      Handshakes handshakes,
      RtcRequest request,
      Session.Type type,
      List<Candidate> told) {
    this.server = server;
    this.sessions = sessions;
    this.handshakes = handshakes;
    this.request = request;
    this.told = told;
    this.session = sessions.open(type, request.client().remote(), this::kick);
    session.become(type, request.key());
    request.client().describe(session);
  }

  RtcRequest request() {
    return request;
  }

  Session session() {
    return session;
  }

  private void kick(ErrorCode code, String why) {
    ended = true;
    Peer made = peer.get();
    if (made != null) {
      made.run(() -> made.end(code, why), () -> {});
    }
  }

  /** Makes the peer; on any thread. Nobody can reach it yet. */
  Peer peer(EventLoop loop) {
    IceSettings settings = IceSettings.DEFAULT.withConsent(server.settings().consent());
    IceLiteAgent ice = new IceLiteAgent(credentials, settings, server.ticker().nanos());
    Peer made = new Peer(server, id, session, loop, ice);
    peer.set(made);
    return made;
  }

  /** What this side says of itself in an answer. */
  LocalTransport local() {
    return new LocalTransport(
        ThreadLocalRandom.current().nextLong(Long.MAX_VALUE),
        credentials.ufrag(),
        credentials.pwd(),
        handshakes.fingerprint(),
        Candidate.toSdp(told));
  }

  /** Lets the peer be reached, unless it was ended in the meantime. */
  RtcAnswer open(Peer made, PeerMedia media, PeerTransport transport, boolean client, String answer) {
    DtlsRole role = client ? DtlsRole.CLIENT : DtlsRole.SERVER;
    DtlsEndpoint handshake = handshakes.with(transport.fingerprint(), role, new HandshakeEvents(made));
    made.prepare(media, handshake);
    server.add(made);
    if (ended) {
      made.run(() -> made.end(ErrorCode.KICKED, "the session was ended"), () -> {});
    }
    return new RtcAnswer.Created(id, made.etag(), answer);
  }

  /** Nothing comes of it. */
  void giveUp(Throwable failure) {
    ErrorCode code = SluiceException.codeOf(failure);
    LOG.atInfo()
        .addKeyValue("session", session.id())
        .addKeyValue("stream", session.stream())
        .addKeyValue("code", code.label())
        .log("{} refused: {}", session.type().label(), SluiceException.chainOf(failure));
    sessions.close(session, code);
  }
}
