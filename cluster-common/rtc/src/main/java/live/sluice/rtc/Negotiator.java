package live.sluice.rtc;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.rtc.dtls.CertificateFingerprint;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.dtls.DtlsSettings;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.ice.IceSettings;
import live.sluice.rtc.sdp.Fingerprint;
import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.PeerTransport;
import live.sluice.rtc.sdp.PlayNegotiation;
import live.sluice.rtc.sdp.PlaySources;
import live.sluice.rtc.sdp.PublishNegotiation;
import live.sluice.rtc.sdp.SdpFragment;
import live.sluice.rtc.sdp.SessionDescription;
import live.sluice.rtc.whip.PatchAnswer;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcPatch;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtc.whip.SessionId;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes peers of offers, and answers what their clients ask later. Thread-safe. */
final class Negotiator {
  private static final Logger LOG = LoggerFactory.getLogger(Negotiator.class);

  /** How long a player waits for a stream that somebody is known to publish, in ms. */
  private static final long KNOWN_STREAM_MS = 5_000;

  private final RtcServer server;
  private final Sessions sessions;
  private final RtpStreams streams;
  private final RtcHost host;
  private final Candidates candidates;
  private @Nullable DtlsEndpoints dtls;

  Negotiator(RtcServer server, Sessions sessions, RtpStreams streams, RtcHost host) {
    this.server = server;
    this.sessions = sessions;
    this.streams = streams;
    this.host = host;
    this.candidates = new Candidates(server.settings().candidates(), server.settings().listen(), server.ticker());
  }

  /** Made when it is first wanted: loading what makes a certificate takes longer than all else of a node's start. */
  synchronized DtlsEndpoints dtls() {
    DtlsEndpoints made = dtls;
    if (made == null) {
      DtlsSettings usual = DtlsSettings.DEFAULT;
      made =
          new DtlsEndpoints(
              DtlsIdentity.create(),
              new DtlsSettings(
                  server.settings().connectTimeout(),
                  usual.resend(),
                  server.settings().maxHandshakes(),
                  usual.maxHandshakeDatagrams(),
                  usual.queuedDatagrams(),
                  usual.maxDatagramBytes()));
      dtls = made;
    }
    return made;
  }

  void prepare() {
    dtls();
  }

  void listening(int udpPort, int tcpPort) {
    candidates.listening(udpPort, tcpPort);
  }

  /** Does once what takes a JVM long the first time; blocks for as long. */
  void warmUp() {
    dtls().warmUp(5);
  }

  /** A session that has been opened for an offer, and what its client can be told of it. */
  private final class Draft {
    final RtcRequest request;
    final Session session;
    final String id = SessionId.next();
    final String etag = version();
    final IceCredentials credentials = IceCredentials.random();
    final List<Candidate> told;
    private final AtomicReference<@Nullable Peer> peer = new AtomicReference<>();
    private volatile boolean ended;

    Draft(RtcRequest request, Session.Type type) {
      this.request = request;
      this.told = candidates.of(request);
      this.session = sessions.open(type, request.client().remote(), this::kick);
      session.become(type, request.key());
      request.client().describe(session);
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
      Peer made = new Peer(server, id, session, loop, ice, etag);
      peer.set(made);
      return made;
    }

    /** Lets the peer be reached, unless it was ended in the meantime. */
    RtcAnswer open(Peer made, PeerMedia media, PeerTransport transport, boolean client, String answer) {
      CertificateFingerprint remote = fingerprint(transport);
      DtlsEndpoint handshake =
          dtls().endpoint(client ? DtlsRole.CLIENT : DtlsRole.SERVER, remote, new HandshakeEvents(made));
      made.prepare(media, handshake);
      server.add(made);
      if (ended) {
        made.run(() -> made.end(ErrorCode.KICKED, "the session was ended"), () -> {});
      }
      return new RtcAnswer.Created(id, etag, answer);
    }

    private static CertificateFingerprint fingerprint(PeerTransport transport) {
      Fingerprint told = transport.fingerprint();
      CertificateFingerprint remote = CertificateFingerprint.parse(told.algorithm() + " " + told.value());
      if (remote == null) {
        throw new SluiceException(ErrorCode.SDP_INVALID, "the fingerprint of the offer can't be read");
      }
      return remote;
    }

    LocalTransport local() {
      return new LocalTransport(
          ThreadLocalRandom.current().nextLong(Long.MAX_VALUE),
          credentials.ufrag(),
          credentials.pwd(),
          ownFingerprint(),
          texts(told));
    }

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

  private Fingerprint ownFingerprint() {
    String[] parts = dtls().identity().fingerprint().toString().split(" ", 2);
    return new Fingerprint(parts[0], parts[1]);
  }

  private static List<String> texts(List<Candidate> candidates) {
    List<String> texts = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      texts.add(candidate.toSdp());
    }
    return texts;
  }

  private static String version() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }

  /** What a method throws fails its stage. */
  private static <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> CompletionStage<T> orGiveUp(Draft draft, Supplier<CompletionStage<T>> work) {
    return stage(work)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                draft.giveUp(failure instanceof CompletionException && failure.getCause() != null
                    ? failure.getCause()
                    : failure);
              }
            });
  }

  // ---- publish ----

  CompletionStage<RtcAnswer> publish(RtcRequest request) {
    return stage(
        () -> {
          NodeInfo elsewhere = host.publishElsewhere(request.key());
          if (elsewhere != null) {
            return CompletableFuture.completedFuture(new RtcAnswer.Redirect(elsewhere.apiAuthority()));
          }
          PublishNegotiation offer =
              PublishNegotiation.of(SessionDescription.parse(request.offer()), PublishNegotiation.ALL_CODECS);
          Draft draft = new Draft(request, Session.Type.RTC_PUBLISH);
          return orGiveUp(draft, () -> publish(draft, offer));
        });
  }

  private CompletionStage<RtcAnswer> publish(Draft draft, PublishNegotiation offer) {
    PublishPlan plan = PublishPlan.of(offer, draft.request.client().agent(), server.settings());
    Ingest ingest = plan.ingest();
    return streams
        .publish(draft.request.key(), draft.session, server.nextLoop(), plan.tracks(), ingest)
        .thenApply(feed -> begin(draft, offer, ingest, feed));
  }

  /** On the stream's loop, which becomes the peer's. */
  private RtcAnswer begin(Draft draft, PublishNegotiation offer, Ingest ingest, RtpFeed feed) {
    try {
      Peer peer = draft.peer(feed.stream().loop());
      ingest.begin(feed, peer);
      String answer = offer.answer(draft.local());
      return draft.open(peer, ingest, offer.transport(), offer.dtlsClient(), answer);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  // ---- play ----

  CompletionStage<RtcAnswer> play(RtcRequest request) {
    return stage(
        () -> {
          SessionDescription offer = SessionDescription.parse(request.offer());
          long patience = server.settings().playerWait().toMillis();
          if (host.mayHave(request.key())) {
            patience = Math.max(patience, KNOWN_STREAM_MS);
          } else if (patience == 0) {
            throw new SluiceException(
                ErrorCode.STREAM_NOT_FOUND, "nobody publishes " + request.key() + " now");
          }
          long waits = patience;
          Draft draft = new Draft(request, Session.Type.RTC_PLAY);
          return orGiveUp(
              draft,
              () -> {
                EventLoop loop = server.nextLoop();
                return streams.open(request.key(), loop, waits).thenApply(stream -> begin(draft, offer, stream, loop));
              });
        });
  }

  private RtcAnswer begin(Draft draft, SessionDescription description, RtpStream stream, EventLoop loop) {
    try {
      String cname = draft.session.id();
      PlaySources sources = new PlaySources(cname, "sluice", ThreadLocalRandom.current()::nextInt);
      List<RtpTrack> tracks = stream.tracks();
      PlayNegotiation offer = PlayNegotiation.of(description, tracks, sources);
      Peer peer = draft.peer(loop);
      String answer = offer.answer(draft.local());
      String pinned = draft.request.layer();
      Egress egress = new Egress(peer, stream, PlayPlan.tracks(offer, pinned), cname, pinned);
      return draft.open(peer, egress, offer.transport(), offer.dtlsClient(), answer);
    } catch (RuntimeException e) {
      stream.release();
      throw e;
    }
  }

  // ---- later ----

  CompletionStage<PatchAnswer> patch(String id, RtcPatch patch) {
    Peer peer = server.peers().byId(id);
    if (peer == null) {
      return CompletableFuture.failedFuture(unknown());
    }
    CompletableFuture<PatchAnswer> answer = new CompletableFuture<>();
    peer.run(
        () -> {
          try {
            answer.complete(patch(peer, patch));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        },
        () -> answer.completeExceptionally(unknown()));
    return answer;
  }

  private static SluiceException unknown() {
    return new SluiceException(ErrorCode.NOT_FOUND, "there is no such session, or no longer");
  }

  private PatchAnswer patch(Peer peer, RtcPatch patch) {
    if (peer.isClosed()) {
      throw unknown();
    }
    if (!patch.ifMatch().any() && !patch.ifMatch().matches(peer.etag())) {
      throw new SluiceException(
          ErrorCode.PRECONDITION_FAILED, "If-Match names another version of the session than the present one");
    }
    SdpFragment fragment = SdpFragment.parse(patch.fragment());
    if (!patch.ifMatch().any()) {
      // Its candidates are of no use: it is the peer that checks, and its checks say where they come from.
      return new PatchAnswer.Accepted();
    }
    if (fragment.ufrag().isEmpty() || fragment.password().isEmpty()) {
      throw new SluiceException(ErrorCode.SDP_INVALID, "a restart of ICE needs new ice-ufrag and ice-pwd");
    }
    return restart(peer, fragment);
  }

  private PatchAnswer restart(Peer peer, SdpFragment fragment) {
    IceCredentials credentials = IceCredentials.random();
    String etag = version();
    peer.restart(credentials, etag);
    server.peers().name(credentials.ufrag(), peer);
    List<String> own = texts(candidates.last());
    List<SdpFragment.Section> sections = new ArrayList<>();
    for (SdpFragment.Section section : fragment.sections()) {
      sections.add(new SdpFragment.Section(section.media(), section.mid(), own, true));
    }
    String text = new SdpFragment(credentials.ufrag(), credentials.pwd(), sections).write();
    return new PatchAnswer.Restarted(etag, text);
  }

  /** The peer has followed a restart: only its present name leads to it. */
  void restarted(Peer peer) {
    for (String ufrag : peer.formerNames()) {
      server.peers().forgetName(ufrag, peer);
    }
    peer.formerNames().clear();
  }

  CompletionStage<Boolean> end(String id) {
    Peer peer = server.peers().byId(id);
    if (peer == null) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    peer.run(
        () -> {
          peer.end(ErrorCode.OK, "the client ended it");
          answer.complete(true);
        },
        () -> answer.complete(true));
    return answer;
  }

  /** Nothing leads to the peer any more. */
  void forget(Peer peer) {
    restarted(peer);
    server.peers().forgetName(peer.ice().local().ufrag(), peer);
    peer.ice().paths().forEach(
        path -> {
          if (!path.tcp()) {
            server.peers().forgetAddress(path.remote(), peer);
          }
        });
  }
}
