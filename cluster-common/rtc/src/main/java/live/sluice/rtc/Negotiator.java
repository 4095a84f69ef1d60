package live.sluice.rtc;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import live.sluice.media.ErrorCode;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.SluiceException;
import live.sluice.rtc.sdp.PlayNegotiation;
import live.sluice.rtc.sdp.PlaySources;
import live.sluice.rtc.sdp.PublishNegotiation;
import live.sluice.rtc.sdp.SessionDescription;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;

/** Makes peers of offers. Thread-safe. */
final class Negotiator {
  /** How long a player waits for a stream that somebody is known to publish, in ms. */
  private static final long KNOWN_STREAM_MS = 5_000;

  private final RtcServer server;
  private final Sessions sessions;
  private final RtpStreams streams;
  private final RtcHost host;
  private final Candidates candidates;
  private final Handshakes handshakes;

  Negotiator(
      RtcServer server,
      Sessions sessions,
      RtpStreams streams,
      RtcHost host,
      Candidates candidates,
      Handshakes handshakes) {
    this.server = server;
    this.sessions = sessions;
    this.streams = streams;
    this.host = host;
    this.candidates = candidates;
    this.handshakes = handshakes;
  }

  private Draft draft(RtcRequest request, Session.Type type) {
    return new Draft(server, sessions, handshakes, request, type, candidates.of(request));
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
          Draft draft = draft(request, Session.Type.RTC_PUBLISH);
          return orGiveUp(draft, () -> publish(draft, offer));
        });
  }

  private CompletionStage<RtcAnswer> publish(Draft draft, PublishNegotiation offer) {
    PublishPlan plan = PublishPlan.of(offer, draft.request().client().agent(), server.settings());
    Ingest ingest = plan.ingest();
    return streams
        .publish(draft.request().key(), draft.session(), server.nextLoop(), plan.tracks(), ingest)
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
          Draft draft = draft(request, Session.Type.RTC_PLAY);
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
      String cname = draft.session().id();
      PlaySources sources = new PlaySources(cname, "sluice", ThreadLocalRandom.current()::nextInt);
      List<RtpTrack> tracks = stream.tracks();
      PlayNegotiation offer = PlayNegotiation.of(description, tracks, sources);
      Peer peer = draft.peer(loop);
      String answer = offer.answer(draft.local());
      String pinned = draft.request().layer();
      Egress egress = new Egress(peer, stream, PlayPlan.tracks(offer, pinned), cname, pinned);
      return draft.open(peer, egress, offer.transport(), offer.dtlsClient(), answer);
    } catch (RuntimeException e) {
      stream.release();
      throw e;
    }
  }
}
