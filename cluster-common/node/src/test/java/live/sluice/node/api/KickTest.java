package live.sluice.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may end a session. */
class KickTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ApiFixture node = ApiFixture.onLoopback();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aKickEndsTheSession() throws Exception {
    List<ErrorCode> ended = new ArrayList<>();
    Session session = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> ended.add(code));
    assertThat(node.request("DELETE", "/api/v1/clients/" + session.id(), Map.of()).statusCode()).isEqualTo(200);
    assertThat(ended).containsExactly(ErrorCode.KICKED);
  }

  @Test
  void aWebPageMayReadButNotKick() throws Exception {
    Session session = node.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    Map<String, String> page = Map.of("Origin", "http://evil.example");
    HttpResponse<String> read = node.request("GET", "/api/v1/clients", page);
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(node.request("DELETE", "/api/v1/clients/" + session.id(), page).statusCode()).isEqualTo(401);
    HttpResponse<String> preflight = node.request("OPTIONS", "/api/v1/clients/" + session.id(), page);
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow()).doesNotContain("DELETE");
  }

  @Test
  void whereATokenIsConfiguredAKickNeedsIt() throws Exception {
    try (ApiFixture other = new ApiFixture("127.0.0.1", "letmein")) {
      Session session = other.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
      String path = "/api/v1/clients/" + session.id();
      assertThat(other.request("DELETE", path, Map.of()).statusCode()).isEqualTo(401);
      assertThat(other.request("DELETE", path, Map.of("Authorization", "Bearer wrong")).statusCode()).isEqualTo(401);
      assertThat(other.request("DELETE", path, Map.of("Authorization", "Bearer letmein")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutATokenAKickIsRefusedUnlessBoundToLoopback() throws Exception {
    try (ApiFixture other = new ApiFixture("0.0.0.0", "")) {
      Session session = other.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
      assertThat(other.request("DELETE", "/api/v1/clients/" + session.id(), Map.of()).statusCode()).isEqualTo(401);
    }
  }
}
