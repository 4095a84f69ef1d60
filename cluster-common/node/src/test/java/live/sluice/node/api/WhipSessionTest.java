package live.sluice.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be asked of a session that an offer has made. */
class WhipSessionTest {
  private final ApiFixture node = ApiFixture.onLoopback();
  private final WhipClient client = new WhipClient(node);

  @AfterEach
  void close() {
    node.close();
  }

  private HttpResponse<String> patch(String path, String ifMatch) throws Exception {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", WhipClient.FRAGMENT));
    if (!ifMatch.isEmpty()) {
      headers.put("If-Match", ifMatch);
    }
    return node.request("PATCH", path, headers, "a=candidate:1");
  }

  @Test
  void candidatesAreTakenForThePresentVersion() throws Exception {
    String session = WhipClient.header(client.post("/live/x/whip"), "Location");
    HttpResponse<String> response = patch(session, "\"e1\"");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(node.rtcSessions.patches.getFirst().fragment()).isEqualTo("a=candidate:1");
    assertThat(patch(session, "\"e0\"").statusCode()).isEqualTo(412);
    assertThat(patch(session, "").statusCode()).isEqualTo(428);
  }

  @Test
  void aRestartHasANewVersion() throws Exception {
    String session = WhipClient.header(client.post("/live/x/whip"), "Location");
    HttpResponse<String> response = patch(session, "*");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a=ice-ufrag:new");
    assertThat(WhipClient.header(response, "ETag")).isEqualTo("\"e2\"");
    assertThat(WhipClient.header(response, "Content-Type")).isEqualTo(WhipClient.FRAGMENT);
  }

  @Test
  void aPatchOfAnotherKindIsRefused() throws Exception {
    String session = WhipClient.header(client.post("/live/x/whip"), "Location");
    Map<String, String> headers = Map.of("Content-Type", "application/sdp", "If-Match", "*");
    assertThat(node.request("PATCH", session, headers, "v=0").statusCode()).isEqualTo(415);
  }

  @Test
  void aSessionIsEndedByDeletingItOnce() throws Exception {
    String session = WhipClient.header(client.post("/live/x/whip"), "Location");
    assertThat(node.request("DELETE", session, Map.of("Origin", "http://p.example")).statusCode()).isEqualTo(200);
    assertThat(node.rtcSessions.open).isEmpty();
    assertThat(node.request("DELETE", session, Map.of()).statusCode()).isEqualTo(404);
    assertThat(patch(session, "*").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoSessionIsNotAskedFor() throws Exception {
    assertThat(node.request("DELETE", "/rtc/v1/session/abc", Map.of()).statusCode()).isEqualTo(404);
    assertThat(node.rtcSessions.ended).isEmpty();
    assertThat(node.request("GET", "/rtc/v1/session/" + "0".repeat(32), Map.of()).statusCode()).isEqualTo(405);
  }
}
