package live.sluice.node.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import live.sluice.media.ErrorCode;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import live.sluice.node.state.Lifecycle;
import live.sluice.rtc.RtcTotals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ApiFixture node = ApiFixture.onLoopback();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void everyAnswerHasTheEnvelope() throws Exception {
    for (String path : List.of("versions", "summaries", "vhosts", "streams", "clients", "nodes")) {
      JsonNode answer = node.get("/api/v1/" + path);
      assertThat(answer.path("code").intValue()).as(path).isZero();
      assertThat(answer.path("server").stringValue()).isEqualTo("test-0");
      assertThat(answer.path("service").stringValue()).isNotEmpty();
      assertThat(answer.path("pid").stringValue()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void aStreamHasWhatUsersOfSrsKnow() throws Exception {
    Publication source = node.publish(KEY);
    source.session().countReceived(1_000);
    source.session().countFrame();
    source.frame(Frames.videoConfig(0));
    source.frame(Frames.key(0));
    Session player = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    player.countSent(5_000);
    node.session(Session.Type.NODE_PULL, KEY, (code, why) -> {});
    source.stream().loop().submit(() -> {}).sync();

    JsonNode stream = node.get("/api/v1/streams").path("streams").get(0);

    assertThat(stream.propertyNames())
        .contains("id", "name", "vhost", "app", "tcUrl", "url", "live_ms", "clients", "frames", "send_bytes",
            "recv_bytes", "kbps", "publish", "video", "audio");
    assertThat(stream.path("name").stringValue()).isEqualTo("x");
    assertThat(stream.path("app").stringValue()).isEqualTo("live");
    assertThat(stream.path("clients").intValue()).as("a node that pulls is no viewer").isEqualTo(2);
    assertThat(stream.path("recv_bytes").longValue()).isEqualTo(1_000);
    assertThat(stream.path("send_bytes").longValue()).isEqualTo(5_000);
    assertThat(stream.path("publish").path("active").booleanValue()).isTrue();
    assertThat(stream.path("publish").path("cid").stringValue()).isEqualTo(source.session().id());
    assertThat(stream.path("video").path("codec").stringValue()).isEqualTo("H264");
    assertThat(stream.path("audio").isNull()).isTrue();
    assertThat(stream.path("source").path("owner").stringValue()).isEqualTo("test-0");

    String id = stream.path("id").stringValue();
    assertThat(node.get("/api/v1/streams/" + id).path("stream").path("name").stringValue()).isEqualTo("x");
    source.close();
  }

  @Test
  void whatASessionSentStaysInItsStreamsSumWhenItIsGone() throws Exception {
    Publication source = node.publish(KEY);
    Session player = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    player.countSent(5_000);
    node.sessions.close(player, ErrorCode.OK);
    assertThat(node.get("/api/v1/streams").path("streams").get(0).path("send_bytes").longValue()).isEqualTo(5_000);
    source.close();
  }

  @Test
  void aClientHasWhatUsersOfSrsKnow() throws Exception {
    Session session = node.session(Session.Type.RTMP_PLAY, KEY, (code, why) -> {});
    session.detail("tcUrl", "rtmp://example.com/live");
    JsonNode client = node.get("/api/v1/clients/" + session.id()).path("client");
    assertThat(client.propertyNames())
        .contains("id", "vhost", "stream", "ip", "pageUrl", "tcUrl", "url", "name", "type", "publish", "alive",
            "send_bytes", "recv_bytes", "kbps");
    assertThat(client.path("ip").stringValue()).isEqualTo("192.0.2.1");
    assertThat(client.path("type").stringValue()).isEqualTo("rtmp-play");
    assertThat(client.path("tcUrl").stringValue()).isEqualTo("rtmp://example.com/live");
    assertThat(client.path("url").stringValue()).isEqualTo("/live/x");
  }

  @Test
  void listsComeInPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    }
    List<String> all = ApiFixture.names(node.get("/api/v1/clients").path("clients"), "id");
    assertThat(all).hasSize(5);
    JsonNode page = node.get("/api/v1/clients?start=1&count=2");
    assertThat(ApiFixture.names(page.path("clients"), "id")).isEqualTo(all.subList(1, 3));
    assertThat(page.path("total").intValue()).isEqualTo(5);
    assertThat(node.get("/api/v1/clients?start=9").path("clients").size()).isZero();
    assertThat(node.request("GET", "/api/v1/clients?count=x", Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  void anErrorHasItsStatusItsCodeAndItsName() throws Exception {
    HttpResponse<String> response = node.request("GET", "/api/v1/clients/nobody", Map.of());
    assertThat(response.statusCode()).isEqualTo(404);
    JsonNode error = JsonMapper.shared().readTree(response.body());
    assertThat(error.path("code").intValue()).isEqualTo(ErrorCode.NOT_FOUND.number());
    assertThat(error.path("error").stringValue()).isEqualTo("NotFound");
    assertThat(error.path("message").stringValue()).contains("nobody");
    assertThat(node.request("GET", "/api/v2/x", Map.of()).statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = node.request("DELETE", "/api/v1/clients", Map.of());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void aQueryThatMakesNoSenseIsTheClientsFault() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream()
          .write("GET /api/v1/streams?start=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void theSummaryTellsThePorts() throws Exception {
    JsonNode ports = node.get("/api/v1/summaries").path("data").path("self").path("ports");
    assertThat(ports.path("rtmp").intValue()).isEqualTo(1935);
    assertThat(ports.path("rtc").intValue()).isEqualTo(8000);
  }

  @Test
  void readinessFollowsTheLifecycleAndNotTheDirectory() throws Exception {
    node.directory.setConnected(false);
    JsonNode ready = node.get("/health/ready");
    assertThat(ready.path("directory").stringValue()).isEqualTo("lost");
    assertThat(ready.path("ready").booleanValue()).isTrue();
    node.state = Lifecycle.DRAINING;
    assertThat(node.request("GET", "/health/ready", Map.of()).statusCode()).isEqualTo(503);
    assertThat(node.request("GET", "/health/live", Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void theSummaryTellsOfTheNode() throws Exception {
    Publication source = node.publish(KEY);
    node.session(Session.Type.HLS_PLAY, KEY, (code, why) -> {});
    JsonNode self = node.get("/api/v1/summaries").path("data").path("self");
    assertThat(self.path("streams").intValue()).isEqualTo(1);
    assertThat(self.path("players").intValue()).isEqualTo(1);
    assertThat(self.path("publishers").intValue()).isEqualTo(1);
    assertThat(self.path("state").stringValue()).isEqualTo("running");
    assertThat(self.path("version").stringValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(self.path("mem_kbyte").longValue()).isPositive();
    source.close();
  }

  @Test
  void theWholeClusterIsAskedAndWhoDoesNotAnswerIsNamed() throws Exception {
    try (ApiFixture other = ApiFixture.onLoopback()) {
      node.addNode("edge-0", other.port);
      node.addNode("edge-1", 1);
      Publication source = other.publish(StreamKey.of("live", "elsewhere"));
      node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});

      JsonNode streams = node.get("/api/v1/streams?scope=cluster");
      assertThat(ApiFixture.names(streams.path("streams"), "name")).containsExactly("elsewhere");
      assertThat(ApiFixture.names(streams.path("missing"), "node")).containsExactly("edge-1");

      JsonNode clients = node.get("/api/v1/clients?scope=cluster");
      assertThat(ApiFixture.names(clients.path("clients"), "type")).containsExactly("flv-play", "rtmp-publish");

      JsonNode summary = node.get("/api/v1/summaries?scope=cluster").path("data");
      assertThat(summary.path("cluster").path("players").intValue()).isEqualTo(1);
      assertThat(summary.path("cluster").path("publishers").intValue()).isEqualTo(1);

      JsonNode nodes = node.get("/api/v1/nodes?scope=cluster").path("nodes");
      assertThat(ApiFixture.names(nodes, "name")).containsExactly("edge-0", "edge-1", "test-0");
      assertThat(ApiFixture.names(nodes, "state")).containsExactly("running", "unreachable", "running");
      source.close();
    }
  }

  @Test
  void aPlayerTellsItsWriteWindow() throws Exception {
    Publication source = node.publish(KEY);
    Session player = node.session(Session.Type.RTMP_PLAY, KEY, (code, why) -> {});
    RecordingSink sink = new RecordingSink(source.stream().loop());
    node.registry.play(KEY, new Reader(sink, TestForm.INSTANCE, TrackFilter.ALL, 350, player));
    String body = node.request("GET", "/api/v1/clients/" + player.id(), Map.of()).body();
    assertThat(body).contains("\"latency\":\"throughput\"");
  }

  @Test
  void whatWebRtcDidIsCounted() throws Exception {
    node.rtcTotals = new RtcTotals(1, 2, 3, 4, 5, 6, 70, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    assertThat(node.request("GET", "/metrics", Map.of()).body())
        .contains(
            "sluice_rtc_peers 1.0",
            "sluice_rtc_handshakes{state=\"running\"} 2.0",
            "sluice_rtc_handshakes{state=\"waiting\"} 3.0",
            "sluice_rtc_received_datagrams_total 4.0",
            "sluice_rtc_refused_datagrams_total{reason=\"stranger\"} 5.0",
            "sluice_rtc_refused_datagrams_total{reason=\"unauthenticated\"} 6.0",
            "sluice_rtc_sent_datagrams_total 70.0",
            "sluice_rtc_sends_total{form=\"single\"} 8.0",
            "sluice_rtc_sends_total{form=\"train\"} 9.0",
            "sluice_rtc_resent_packets_total 10.0",
            "sluice_rtc_socket_errors_total 11.0",
            "sluice_rtc_refused_datagrams_total{reason=\"overrun\"} 12.0",
            "sluice_rtc_unsent_datagrams_total{transport=\"udp\"} 13.0",
            "sluice_rtc_unsent_datagrams_total{transport=\"tcp\"} 14.0",
            "sluice_rtc_tcp_connections 15.0",
            "sluice_rtc_refused_connections_total 16.0");
  }

  @Test
  void aPeerOfWebRtcTellsOfItsPath() throws Exception {
    Session session = node.session(Session.Type.RTC_PLAY, KEY, (code, why) -> {});
    session.detail("path", "udp 192.0.2.1 5000");
    session.detail("layer", "h");
    session.detail("roundTrip", "12.3");
    session.detail("lost", "0.4");
    JsonNode client = node.get("/api/v1/clients/" + session.id()).path("client");
    assertThat(client.path("path").stringValue()).isEqualTo("udp 192.0.2.1 5000");
    assertThat(client.path("layer").stringValue()).isEqualTo("h");
    assertThat(client.path("round_trip_ms").doubleValue()).isEqualTo(12.3);
    assertThat(client.path("lost_percent").doubleValue()).isEqualTo(0.4);
    JsonNode schema = node.get("/api/v1/openapi.json").path("components").path("schemas").path("Client");
    assertThat(schema.path("properties").propertyNames()).containsAll(client.propertyNames());
  }

  @Test
  void aSessionsEndIsCountedByItsCode() throws Exception {
    Session session = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    node.sessions.close(session, ErrorCode.PROTOCOL_ERROR);
    assertThat(node.request("GET", "/metrics", Map.of()).body())
        .contains("sluice_session_ends_total{code=\"ProtocolError\"} 1.0");
  }
}
