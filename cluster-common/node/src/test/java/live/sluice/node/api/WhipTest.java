package live.sluice.node.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import live.sluice.media.ErrorCode;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import live.sluice.node.config.AuthSection;
import live.sluice.node.config.IceServerSection;
import live.sluice.node.config.RtcSection;
import live.sluice.node.state.Lifecycle;
import live.sluice.rtc.whip.RtcAnswer;
import live.sluice.rtc.whip.RtcRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhipTest {
  private ApiFixture node = ApiFixture.onLoopback();
  private WhipClient client = new WhipClient(node);

  @AfterEach
  void close() {
    node.close();
  }

  private void restart(RtcSection rtc, AuthSection auth) {
    node.close();
    node = ApiFixture.withRtc(rtc, auth);
    client = new WhipClient(node);
  }

  // ---- offers ----

  @Test
  void anOfferIsAnsweredWithASessionOfItsOwn() throws Exception {
    HttpResponse<String> response = client.post("/rtc/v1/whip/?app=live&stream=x");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("v=0 answer");
    assertThat(WhipClient.header(response, "Content-Type")).isEqualTo("application/sdp");
    assertThat(WhipClient.header(response, "Location")).isEqualTo("/rtc/v1/session/" + node.rtcSessions.open.getFirst());
    assertThat(WhipClient.header(response, "ETag")).isEqualTo("\"e1\"");
    assertThat(WhipClient.header(response, "Accept-Patch")).isEqualTo(WhipClient.FRAGMENT);
    assertThat(WhipClient.header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(WhipClient.header(response, "Access-Control-Expose-Headers")).contains("Location", "ETag", "Link");
    RtcRequest request = node.rtcSessions.published.getFirst();
    assertThat(request.key()).isEqualTo(StreamKey.of("live", "x"));
    assertThat(request.offer()).isEqualTo(WhipClient.OFFER);
    assertThat(request.client().remote()).startsWith("127.0.0.1:");
    assertThat(request.client().local()).isEqualTo("127.0.0.1");
    assertThat(request.client().url())
        .isEqualTo("http://127.0.0.1:" + node.port + "/rtc/v1/whip/?app=live&stream=x");
  }

  @Test
  void bothFormsOfTheUrlNameTheSameStream() throws Exception {
    client.post("/rtc/v1/whip?app=live&stream=x");
    client.post("/live/x/whip");
    client.post("/live/x/whip/");
    client.post("/live/%78/whip");
    assertThat(node.rtcSessions.published).hasSize(4).allMatch(r -> r.key().equals(StreamKey.of("live", "x")));
    client.post("/rtc/v1/whep/?app=live&stream=x");
    client.post("/live/x/whep");
    assertThat(node.rtcSessions.played).hasSize(2).allMatch(r -> r.key().equals(StreamKey.of("live", "x")));
  }

  @Test
  void anAppMayHaveSeveralSegments() throws Exception {
    client.post("/a/b/c/x/whip");
    client.post("/rtc/v1/whip/?app=a/b/c&stream=x");
    assertThat(node.rtcSessions.published).hasSize(2).allMatch(r -> r.key().equals(StreamKey.of("a/b/c", "x")));
  }

  @Test
  void addressesAndALayerCanBeAskedFor() throws Exception {
    client.post("/live/x/whep?eip=192.0.2.1,192.0.2.2:8001&layer=h");
    RtcRequest request = node.rtcSessions.played.getFirst();
    assertThat(request.layer()).isEqualTo("h");
    assertThat(request.externalAddresses()).hasSize(2);
    assertThat(request.externalAddresses().getLast().port()).isEqualTo(8001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rtc/v1/whip/?app=live", "/rtc/v1/whip/?stream=x", "/rtc/v1/whip/", "/live/.x/whip", "/live/%00/whip",
        "/live/%zz/whip", "/live/x/whip?eip=example.com", "/live/x/whip?eip=0.0.0.0", "/live/x/whip?layer=a%0d%0ab",
        "/live/x/whip?eip=1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1"
      })
  void aUrlThatMakesNoSenseIsRefused(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      socket.setSoTimeout(10_000);
      String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\nConnection: close\r\n";
      socket.getOutputStream().write((head + "Content-Length: 3\r\n\r\nv=0").getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 400");
    }
    assertThat(node.rtcSessions.published).isEmpty();
  }

  // ---- failures ----

  @Test
  void aPlayerOfAStreamThatNobodyPublishesIsToldToComeAgain() throws Exception {
    node.rtcSessions.fail(ErrorCode.STREAM_NOT_FOUND, "nobody publishes live/x");
    HttpResponse<String> response = client.post("/live/x/whep");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(WhipClient.header(response, "Retry-After")).isEqualTo("2");
    JsonNode error = JsonMapper.shared().readTree(response.body());
    assertThat(error.path("error").stringValue()).isEqualTo("StreamNotFound");
    assertThat(error.path("message").stringValue()).isEqualTo("nobody publishes live/x");
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    Map<ErrorCode, Integer> expected =
        Map.of(
            ErrorCode.SDP_INVALID, 400,
            ErrorCode.SDP_UNSUPPORTED, 422,
            ErrorCode.NO_COMMON_CODEC, 422,
            ErrorCode.STREAM_BUSY, 409,
            ErrorCode.OVERLOADED, 503,
            ErrorCode.INTERNAL, 500);
    for (Map.Entry<ErrorCode, Integer> each : expected.entrySet()) {
      node.rtcSessions.fail(each.getKey(), "why");
      HttpResponse<String> response = client.post("/live/x/whip");
      assertThat(response.statusCode()).as(each.getKey().label()).isEqualTo(each.getValue());
      assertThat(WhipClient.header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    }
  }

  @Test
  void aNodeThatStopsTakesNoOfferAndStillEndsSessions() throws Exception {
    String session = WhipClient.header(client.post("/live/x/whip"), "Location");
    node.state = Lifecycle.DRAINING;
    HttpResponse<String> response = client.post("/live/x/whip");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(WhipClient.header(response, "Retry-After")).isEqualTo("5");
    assertThat(node.request("DELETE", session, Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionWhoseClientIsGoneIsTakenBack() throws Exception {
    CompletableFuture<RtcAnswer> later = new CompletableFuture<>();
    node.rtcSessions.next = later;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      String head = "POST /live/x/whep HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\n";
      socket.getOutputStream().write((head + "Content-Length: 3\r\n\r\nv=0").getBytes(US_ASCII));
      Await.until("it asks", () -> node.rtcSessions.played.size() == 1);
    }
    // The end of the connection is seen by the loop before what it is given to do after a request of another one.
    Await.until("its end is seen", () -> node.request("GET", "/health/live", Map.of()).statusCode() == 200);
    later.complete(node.rtcSessions.create());
    Await.until("it is ended", () -> node.rtcSessions.ended.size() == 1);
    assertThat(node.rtcSessions.open).isEmpty();
  }

  // ---- tokens ----

  @Test
  void aTokenIsShownInAHeaderOrInTheUrl() throws Exception {
    restart(RtcSection.defaults(), new AuthSection(List.of("pub"), List.of("view")));
    assertThat(client.post("/live/x/whip").statusCode()).isEqualTo(401);
    assertThat(client.post("/live/x/whip", "Authorization", "Bearer view").statusCode()).isEqualTo(401);
    assertThat(client.post("/live/x/whip", "Authorization", "Bearer pub").statusCode()).isEqualTo(201);
    assertThat(client.post("/live/x/whip?token=pub").statusCode()).isEqualTo(201);
    assertThat(client.post("/live/x/whep").statusCode()).isEqualTo(401);
    assertThat(client.post("/live/x/whep?token=view").statusCode()).isEqualTo(201);
    assertThat(WhipClient.header(client.post("/live/x/whip"), "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(WhipClient.header(client.post("/live/x/whip?token=no"), "WWW-Authenticate")).contains("invalid_token");
    assertThat(node.request("OPTIONS", "/live/x/whip", Map.of()).statusCode()).isEqualTo(200);
  }

  // ---- another node ----

  @Test
  void anOfferForAnotherNodeIsSentThereWithItsPathAndQuery() throws Exception {
    node.rtcSessions.next = CompletableFuture.completedFuture(new RtcAnswer.Redirect("10.0.0.9:1985"));
    HttpResponse<String> response = client.post("/rtc/v1/whip/?app=live&stream=x&eip=192.0.2.1");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(WhipClient.header(response, "Location"))
        .isEqualTo("http://10.0.0.9:1985/rtc/v1/whip/?app=live&stream=x&eip=192.0.2.1");
  }

  @Test
  void aTokenThatWouldBeLeftBehindGoesOnInTheUrl() throws Exception {
    restart(RtcSection.defaults(), new AuthSection(List.of("p+b"), List.of()));
    node.rtcSessions.next = CompletableFuture.completedFuture(new RtcAnswer.Redirect("[2001:db8::9]:1985"));
    assertThat(WhipClient.header(client.post("/live/x/whip", "Authorization", "Bearer p+b"), "Location"))
        .isEqualTo("http://[2001:db8::9]:1985/live/x/whip?token=p%2Bb");
    assertThat(WhipClient.header(client.post("/live/x/whip?token=p%2Bb"), "Location"))
        .isEqualTo("http://[2001:db8::9]:1985/live/x/whip?token=p%2Bb");
  }

  // ---- pages in browsers ----

  @Test
  void aPageIsToldWhatItMaySendAndRead() throws Exception {
    HttpResponse<String> endpoint = node.request("OPTIONS", "/live/x/whip", Map.of("Origin", "http://p.example"));
    assertThat(endpoint.statusCode()).isEqualTo(200);
    assertThat(WhipClient.header(endpoint, "Accept-Post")).isEqualTo("application/sdp");
    assertThat(WhipClient.header(endpoint, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(WhipClient.header(endpoint, "Access-Control-Allow-Methods")).isEqualTo("POST, OPTIONS");
    assertThat(WhipClient.header(endpoint, "Access-Control-Allow-Headers")).contains("Authorization", "Content-Type");
    assertThat(WhipClient.header(endpoint, "Access-Control-Expose-Headers")).contains("Location", "ETag", "Link");

    String path = WhipClient.header(client.post("/live/x/whip"), "Location");
    HttpResponse<String> session = node.request("OPTIONS", path, Map.of("Origin", "http://p.example"));
    assertThat(WhipClient.header(session, "Accept-Patch")).isEqualTo(WhipClient.FRAGMENT);
    assertThat(WhipClient.header(session, "Access-Control-Allow-Methods")).isEqualTo("PATCH, DELETE, OPTIONS");
    assertThat(WhipClient.header(session, "Access-Control-Allow-Headers")).contains("If-Match");
  }

  @Test
  void iceServersAreToldInALineEach() throws Exception {
    RtcSection d = RtcSection.defaults();
    List<IceServerSection> servers =
        List.of(
            new IceServerSection("stun:s.example.com", "", ""),
            new IceServerSection("turn:t.example.com?transport=udp", "user", "pass"));
    restart(
        new RtcSection(
            true, d.listen(), d.port(), true, List.of(), servers, d.handshakeTimeout(), d.maxHandshakes(),
            d.idleTimeout(), d.playerWait(), d.maxBitrate(), d.nackHistory(), d.transcode()),
        AuthSection.defaults());
    assertThat(client.post("/live/x/whip").headers().allValues("Link"))
        .containsExactly(
            "<stun:s.example.com>; rel=\"ice-server\"",
            "<turn:t.example.com?transport=udp>; rel=\"ice-server\"; username=\"user\"; credential=\"pass\";"
                + " credential-type=\"password\"");
  }

}
