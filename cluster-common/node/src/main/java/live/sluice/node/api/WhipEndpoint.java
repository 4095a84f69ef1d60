package live.sluice.node.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.auth.Tokens;
import live.sluice.node.auth.Tokens.Wish;
import live.sluice.node.config.NodeConfig;
import live.sluice.node.state.Lifecycle;
import live.sluice.node.state.NodeView;
import live.sluice.rtc.whip.IfMatch;
import live.sluice.rtc.whip.PatchAnswer;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcClient;
import live.sluice.rtc.whip.RtcPatch;
import live.sluice.rtc.whip.RtcRequest;
import live.sluice.rtc.whip.RtcSessions;
import live.sluice.rtc.whip.SessionId;
import live.sluice.rtc.whip.WhipStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): offers by POST, candidates and restarts by PATCH, the end by DELETE.
 * A session's URL can't be guessed, and whoever has it may change and end the session.
 */
final class WhipEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WhipEndpoint.class);
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final String SESSION = "/rtc/v1/session/";
  private static final int MAX_BODY = RtcSessions.MAX_SDP_CHARS;

  private final NodeView node;
  private final RtcSessions sessions;
  private final Tokens tokens;
  private final Envelope envelope;

  WhipEndpoint(NodeView node, RtcSessions sessions, Tokens tokens) {
    this.node = node;
    this.sessions = sessions;
    this.tokens = tokens;
    this.envelope = new Envelope(node);
  }

  void addTo(Router router) {
    for (Wish wish : Wish.values()) {
      String name = wish == Wish.PUBLISH ? "whip" : "whep";
      for (String path : List.of("/rtc/v1/" + name, "/{app}/{stream}/" + name)) {
        router
            .add("OPTIONS", path, request -> done(options("POST", "Accept-Post", SDP)))
            .add("POST", path, MAX_BODY, guarded(request -> offer(request, wish)));
      }
    }
    String path = SESSION + "{id}";
    router
        .add("OPTIONS", path, request -> done(options("PATCH, DELETE", "Accept-Patch", FRAGMENT)))
        .add("PATCH", path, MAX_BODY, guarded(this::patch))
        .add("DELETE", path, guarded(this::end));
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  // ---- what pages in browsers need to be told ----

  private static Answer options(String methods, String accepts, String type) {
    String allowed = methods + ", OPTIONS";
    return exposed(Answer.empty(200))
        .with("Allow", allowed)
        .with(accepts, type)
        .with("Access-Control-Allow-Methods", allowed)
        .with("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
        .with("Access-Control-Max-Age", "600");
  }

  private static Answer exposed(Answer answer) {
    return answer.with("Access-Control-Expose-Headers", "Location, ETag, Link, Retry-After");
  }

  // ---- offers ----

  private CompletionStage<Answer> offer(Request request, Wish wish) {
    tokens.check(wish, shown(request));
    refuseWhenDraining();
    require(request, SDP);
    if (request.body().isBlank()) {
      throw new SluiceException(ErrorCode.SDP_INVALID, "the offer is empty");
    }
    NodeConfig config = node.config();
    WhipTarget target = WhipTarget.of(request, config::vhostOf);
    RtcRequest wanted =
        new RtcRequest(target.key(), request.body(), client(request), target.external(), target.layer());
    CompletionStage<RtcAnswer> stage =
        switch (wish) {
          case PUBLISH -> sessions.publish(wanted);
          case PLAY -> sessions.play(wanted);
        };
    return stage.thenApply(
        answer ->
            switch (answer) {
              case RtcAnswer.Created created -> created(created, config);
              case RtcAnswer.Redirect elsewhere -> redirect(request, elsewhere.authority(), wish);
            });
  }

  /** By header (RFC 6750), else in the URL, which is all that some encoders can be told. */
  private static String shown(Request request) {
    String bearer = request.token();
    return bearer.isEmpty() ? request.query().getOrDefault("token", "") : bearer;
  }

  private void refuseWhenDraining() {
    Lifecycle state = node.state().get();
    if (state != Lifecycle.STARTING && state != Lifecycle.RUNNING) {
      throw new SluiceException(ErrorCode.DRAINING, "the node is stopping and takes no new sessions");
    }
  }

  private static void require(Request request, String type) {
    String given = request.headers().text("Content-Type");
    int parameters = given.indexOf(';');
    String bare = (parameters < 0 ? given : given.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    if (!bare.equals(type)) {
      throw new SluiceException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body must be " + type + ", and its Content-Type must say so");
    }
  }

  private static RtcClient client(Request request) {
    Headers headers = request.headers();
    String host = headers.get("Host");
    String url = request.peer().scheme() + "://" + (host == null ? request.peer().local() : host) + request.uri();
    String page = headers.get("Referer");
    return new RtcClient(
        request.peer().remote(),
        request.peer().local(),
        url,
        headers.text("User-Agent"),
        page == null ? headers.text("Origin") : page);
  }

  private Answer created(RtcAnswer.Created created, NodeConfig config) {
    return exposed(Answer.of(201, SDP, created.sdp()))
        .with("Location", SESSION + created.id())
        .with("ETag", quoted(created.etag()))
        .with("Accept-Patch", FRAGMENT)
        .with("Link", config.rtc().iceServers().stream().map(LinkHeader::of).toList())
        .undoneBy(() -> sessions.end(created.id()));
  }

  /**
   * To the same path and query at another node. Clients leave their Authorization header behind when they are sent to
   * another host, so that a token goes on in the URL.
   */
  private Answer redirect(Request request, String authority, Wish wish) {
    String to = authority;
    if (request.peer().scheme().equals("https")) {
      // The port of HTTPS is told to nobody; nodes of one cluster are taken to have the same.
      to = authority.substring(0, authority.lastIndexOf(':') + 1) + node.config().api().tlsPort();
    }
    String uri = request.uri();
    if (tokens.asked(wish) && !request.token().isEmpty() && !request.query().containsKey("token")) {
      uri += (uri.indexOf('?') < 0 ? "?token=" : "&token=") + URLEncoder.encode(request.token(), StandardCharsets.UTF_8);
    }
    return exposed(Answer.empty(307)).with("Location", request.peer().scheme() + "://" + to + uri);
  }

  // ---- sessions ----

  private CompletionStage<Answer> patch(Request request) {
    String id = id(request);
    require(request, FRAGMENT);
    IfMatch ifMatch = IfMatch.parse(request.headers().get("If-Match"));
    if (ifMatch == null) {
      throw new SluiceException(
          ErrorCode.PRECONDITION_REQUIRED, "If-Match is missing: the ETag of the session, or * to restart ICE");
    }
    return sessions
        .patch(id, new RtcPatch(ifMatch, request.body()))
        .thenApply(
            answer ->
                switch (answer) {
                  case PatchAnswer.Accepted() -> exposed(Answer.empty(204));
                  case PatchAnswer.Restarted restarted ->
                      exposed(Answer.of(200, FRAGMENT, restarted.fragment())).with("ETag", quoted(restarted.etag()));
                });
  }

  private CompletionStage<Answer> end(Request request) {
    String id = id(request);
    return sessions
        .end(id)
        .thenApply(
            ended -> {
              if (!ended) {
                throw unknown();
              }
              return exposed(Answer.empty(200));
            });
  }

  private static String id(Request request) {
    String id = request.parameter("id");
    if (!SessionId.isOne(id)) {
      throw unknown();
    }
    return id;
  }

  private static SluiceException unknown() {
    return new SluiceException(ErrorCode.NOT_FOUND, "there is no such session, or no longer");
  }

  private static String quoted(String etag) {
    return '"' + etag + '"';
  }

  // ---- failures ----

  private Endpoint guarded(Endpoint endpoint) {
    return request -> {
      CompletionStage<Answer> stage;
      try {
        stage = endpoint.answer(request);
      } catch (RuntimeException e) {
        return done(failure(request, e));
      }
      return stage.exceptionally(failure -> failure(request, failure));
    };
  }

  private Answer failure(Request request, Throwable failure) {
    ErrorCode code = SluiceException.codeOf(failure);
    if (code == ErrorCode.INTERNAL) {
      LOG.atError().addKeyValue("client", request.peer().remote()).setCause(failure).log("a WebRTC request failed");
    }
    WhipStatus status = WhipStatus.of(code);
    Answer answer =
        exposed(envelope.error(code, SluiceException.chainOf(failure), null)).withStatus(status.code());
    if (status.retryAfterSeconds() > 0) {
      answer = answer.with("Retry-After", Integer.toString(status.retryAfterSeconds()));
    }
    // RFC 6750, section 3: who showed nothing is not told of an error.
    return code == ErrorCode.UNAUTHORIZED
        ? answer.with("WWW-Authenticate", shown(request).isEmpty() ? "Bearer" : "Bearer error=\"invalid_token\"")
        : answer;
  }
}
