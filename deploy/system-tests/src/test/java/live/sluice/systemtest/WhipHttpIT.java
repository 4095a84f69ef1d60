package live.sluice.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import live.sluice.systemtest.kit.Api;
import live.sluice.systemtest.kit.Cluster;
import live.sluice.systemtest.kit.Lab;
import live.sluice.systemtest.kit.NodeProcess;
import live.sluice.systemtest.kit.Offer;
import live.sluice.systemtest.kit.Poll;
import live.sluice.systemtest.kit.Whip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep) as an HTTP client sees them, on a node and on one that asks for tokens. */
@Tag("sharing")
class WhipHttpIT {

  @RegisterExtension static final Lab LAB = new Lab();

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String PAGE = "https://studio.example";

  private static NodeProcess origin;
  private static NodeProcess edge;
  private static NodeProcess locked;
  private static final Whip WHIP = new Whip();
  private final List<URI> opened = new ArrayList<>();

  @BeforeAll
  static void start() {
    Cluster cluster = Cluster.start(LAB, 1, 1, List.of(), false);
    origin = cluster.origin(0);
    edge = cluster.edge(0);
    locked = Cluster.start(LAB, "locked", List.of("auth.publish-tokens=[\"to-publish\"]", "auth.play-tokens=[\"to-play\"]"));
    LAB.keep(WHIP);
  }

  @AfterEach
  void everything_is_ended() {
    opened.forEach(WHIP::delete);
    for (NodeProcess node : List.of(origin, locked)) {
      Poll.until("no session is left at " + node, SOON, () -> new Api(node).clients().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rtc/v1/whip/?app=live&stream=form", "/rtc/v1/whip?app=live&stream=form", "/live/form/whip"})
  void an_offer_is_accepted_by_each_form_of_the_url(String path) throws IOException {
    Whip.Answer answer = open(origin.api(path), Offer.publisher());
    assertThat(answer.header("Content-Type")).startsWith(Whip.SDP);
    assertThat(answer.header("ETag")).startsWith("\"").endsWith("\"").hasSizeGreaterThan(2);
    assertThat(answer.header("Location")).isNotEmpty();
    assertThat(answer.body()).contains("a=ice-lite").contains("a=fingerprint:sha-256 ").contains("a=recvonly")
        .containsPattern("a=candidate:.* 127\\.0\\.0\\.1 " + origin.spec().rtcPort() + " typ host")
        .containsPattern("a=setup:(passive|active)").contains("a=rtcp-mux").contains("a=group:BUNDLE 0 1");
    assertThat(new Api(origin).isLive("live/form")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rtc/v1/whip/?app=live&stream=x", "/rtc/v1/whep/?app=live&stream=x", "/live/x/whip", "/live/x/whep"})
  void a_page_of_another_origin_is_told_what_it_may_do(String path) {
    Whip.Answer answer = WHIP.send("OPTIONS", origin.api(path), "", Map.of("Origin", PAGE, "Access-Control-Request-Method",
        "POST", "Access-Control-Request-Headers", "authorization,content-type"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Accept-Post")).isEqualTo(Whip.SDP);
    assertThat(answer.header("Access-Control-Allow-Origin")).isIn("*", PAGE);
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(answer.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization")
        .containsIgnoringCase("content-type");
  }

  @Test
  void a_page_of_another_origin_may_read_what_it_needs_of_every_answer() {
    Whip.Answer created = WHIP.send("POST", origin.whip("live/cors"), Offer.publisher().sdp(),
        Map.of("Content-Type", Whip.SDP, "Origin", PAGE));
    assertThat(created.status()).isEqualTo(201);
    opened.add(created.location());
    Whip.Answer refused = WHIP.send("POST", origin.whep("live/nobody"), Offer.player().sdp(),
        Map.of("Content-Type", Whip.SDP, "Origin", PAGE));
    for (Whip.Answer answer : List.of(created, refused)) {
      assertThat(answer.header("Access-Control-Allow-Origin")).isIn("*", PAGE);
      assertThat(answer.header("Access-Control-Expose-Headers")).containsIgnoringCase("Location")
          .containsIgnoringCase("ETag").containsIgnoringCase("Link");
    }
    Whip.Answer options = WHIP.send("OPTIONS", created.location(), "", Map.of("Origin", PAGE,
        "Access-Control-Request-Method", "PATCH", "Access-Control-Request-Headers", "content-type,if-match"));
    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Access-Control-Allow-Methods")).contains("PATCH").contains("DELETE");
    assertThat(options.header("Access-Control-Allow-Headers")).containsIgnoringCase("if-match");
  }

  @Test
  void a_player_of_a_stream_that_nobody_publishes_is_told_when_to_come_again() {
    for (NodeProcess node : List.of(origin, edge)) {
      Whip.Answer answer = WHIP.post(node.whep("live/nobody"), Offer.player().sdp());
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }
  }

  @Test
  void a_body_of_another_type_is_refused() {
    for (String type : List.of("text/plain", "application/json")) {
      Whip.Answer answer = WHIP.send("POST", origin.whip("live/typed"), Offer.publisher().sdp(), Map.of("Content-Type", type));
      assertThat(answer.status()).as(type).isEqualTo(415);
    }
  }

  static Stream<String> malformed() {
    String good = Offer.publisher().sdp();
    return Stream.of("hello", "v=0\r\n", "v=1" + good.substring(3), good.replaceAll("a=ice-ufrag:.*\r\n", ""),
        good.replaceAll("a=ice-pwd:.*\r\n", "a=ice-pwd:short\r\n"), good.replaceAll("a=fingerprint:.*\r\n", ""),
        good.replaceAll("a=fingerprint:.*\r\n", "a=fingerprint:sha-256 zz\r\n"), good.replace("m=video 9", "m=video x"),
        good.replaceAll("(?s)m=audio.*", ""), "\0\1\2".repeat(1000), good.replace("\r\n", " "));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void a_malformed_offer_is_refused_and_leaves_nothing_behind(String sdp) throws IOException {
    Whip.Answer answer = WHIP.post(origin.whip("live/malformed"), sdp);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"SdpInvalid\"");
    assertThat(new Api(origin).isLive("live/malformed")).isFalse();
  }

  static Stream<String> unsupported() {
    String good = Offer.publisher().sdp();
    return Stream.of(good.replace("H264/90000", "H261/90000"), good.replace("opus/48000/2", "speex/16000"),
        good.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), good.replace("a=sendonly", "a=recvonly"));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void an_offer_of_which_a_part_can_t_be_served_is_refused_as_a_whole(String sdp) throws IOException {
    Whip.Answer answer = WHIP.post(origin.whip("live/unsupported"), sdp);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(new Api(origin).isLive("live/unsupported")).isFalse();
  }

  @Test
  void an_offer_that_is_too_long_is_refused() {
    Whip.Answer answer = WHIP.post(origin.whip("live/long"), Offer.publisher().sdp() + "a=x:y\r\n".repeat(50_000));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void a_second_publisher_of_a_name_is_refused() {
    open(origin.whip("live/busy"), Offer.publisher());
    Whip.Answer answer = WHIP.post(origin.whip("live/busy"), Offer.publisher().sdp());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("StreamBusy");
  }

  @Test
  void candidates_are_taken_by_patch_and_a_restart_gives_new_credentials() {
    Offer offer = Offer.publisher();
    Whip.Answer answer = open(origin.whip("live/patched"), offer);
    URI session = answer.location();
    String etag = answer.header("ETag");
    assertThat(patch(session, offer, null).status()).as("no If-Match").isEqualTo(428);
    assertThat(patch(session, offer, "\"stale\"").status()).as("a stale If-Match").isEqualTo(412);
    Whip.Answer typed = WHIP.send("PATCH", session, offer.fragment(), Map.of("Content-Type", "text/plain", "If-Match", etag));
    assertThat(typed.status()).as("another media type").isEqualTo(415);
    Whip.Answer taken = patch(session, offer, etag);
    assertThat(taken.status()).as("candidates").isEqualTo(204);
    assertThat(taken.body()).isEmpty();

    Offer renewed = Offer.publisher();
    Whip.Answer restarted = patch(session, renewed, "*");
    assertThat(restarted.status()).as("a restart").isEqualTo(200);
    assertThat(restarted.header("Content-Type")).startsWith(Whip.FRAGMENT);
    assertThat(restarted.header("ETag")).isNotEqualTo(etag).startsWith("\"");
    assertThat(restarted.attribute("ice-ufrag")).isNotEqualTo(answer.attribute("ice-ufrag"));
    assertThat(restarted.attribute("ice-pwd")).isNotEqualTo(answer.attribute("ice-pwd"));
    assertThat(patch(session, renewed, etag).status()).as("the tag of before").isEqualTo(412);
    assertThat(patch(session, renewed, restarted.header("ETag")).status()).as("the new tag").isEqualTo(204);
  }

  @Test
  void a_session_is_ended_by_delete_once() throws IOException {
    Whip.Answer answer = open(origin.whip("live/deleted"), Offer.publisher());
    assertThat(WHIP.delete(answer.location()).status()).isEqualTo(200);
    Poll.until("the stream has ended", SOON, () -> !new Api(origin).isLive("live/deleted"));
    assertThat(WHIP.delete(answer.location()).status()).isEqualTo(404);
    assertThat(patch(answer.location(), Offer.publisher(), "*").status()).isEqualTo(404);
    URI guessed = URI.create(answer.location().toString().replaceAll("[0-9a-f]{4}$", "0000"));
    assertThat(WHIP.delete(guessed).status()).isEqualTo(404);
  }

  @Test
  void session_urls_can_t_be_guessed() {
    String one = open(origin.whip("live/one"), Offer.publisher()).location().toString();
    String two = open(origin.whip("live/two"), Offer.publisher()).location().toString();
    String last = one.substring(one.lastIndexOf('/') + 1);
    assertThat(last).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(two.substring(two.lastIndexOf('/') + 1));
  }

  @Test
  void a_publisher_at_an_edge_is_sent_to_an_origin() {
    Whip.Answer answer = WHIP.post(edge.api("/rtc/v1/whip/?app=live&stream=sent&eip=127.0.0.1"), Offer.publisher().sdp());
    assertThat(answer.status()).isEqualTo(307);
    URI target = answer.location();
    assertThat(target.getPort()).isEqualTo(origin.spec().apiPort());
    assertThat(target.getPath()).isEqualTo("/rtc/v1/whip/");
    assertThat(target.getQuery()).isEqualTo("app=live&stream=sent&eip=127.0.0.1");
    open(target, Offer.publisher());
  }

  @Test
  void the_address_that_a_client_names_is_the_only_candidate() {
    Whip.Answer answer = open(URI.create(origin.whip("live/named") + "?eip=192.0.2.7:4711"), Offer.publisher());
    assertThat(answer.body().lines().filter(line -> line.startsWith("a=candidate:") && line.contains(" udp ")))
        .isNotEmpty().allMatch(line -> line.contains(" 192.0.2.7 4711 "));
    Whip.Answer refused = WHIP.post(URI.create(origin.whip("live/named-2") + "?eip=host.example"), Offer.publisher().sdp());
    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void a_token_opens_what_it_is_for() {
    assertThat(bearer(locked.whip("live/locked"), null, Offer.publisher()).status()).isEqualTo(401);
    assertThat(bearer(locked.whip("live/locked"), "wrong", Offer.publisher()).status()).isEqualTo(401);
    assertThat(bearer(locked.whip("live/locked"), "to-play", Offer.publisher()).status()).isEqualTo(401);
    assertThat(bearer(locked.whep("live/locked"), "to-publish", Offer.player()).status()).isEqualTo(401);
    Whip.Answer nobody = bearer(locked.whep("live/locked"), "to-play", Offer.player());
    assertThat(nobody.status()).as("let in, and nobody publishes").isEqualTo(409);
    Whip.Answer published = bearer(locked.whip("live/locked"), "to-publish", Offer.publisher());
    assertThat(published.status()).as(published.body()).isEqualTo(201);
    opened.add(published.location());
    Whip.Answer byQuery = open(URI.create(locked.whip("live/by-query") + "?token=to-publish"), Offer.publisher());
    assertThat(byQuery.header("Location")).doesNotContain("to-publish");
  }

  private Whip.Answer open(URI uri, Offer offer) {
    Whip.Answer answer = WHIP.post(uri, offer.sdp());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    opened.add(answer.location());
    return answer;
  }

  private static Whip.Answer patch(URI session, Offer offer, String ifMatch) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", Whip.FRAGMENT));
    if (ifMatch != null) {
      headers.put("If-Match", ifMatch);
    }
    return WHIP.send("PATCH", session, offer.fragment(), headers);
  }

  private static Whip.Answer bearer(URI uri, String token, Offer offer) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", Whip.SDP));
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    return WHIP.send("POST", uri, offer.sdp(), headers);
  }
}
