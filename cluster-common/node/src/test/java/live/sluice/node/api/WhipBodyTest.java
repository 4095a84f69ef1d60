package live.sluice.node.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests are read at all, and how much of them. */
class WhipBodyTest {
  private final ApiFixture node = ApiFixture.onLoopback();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void anotherMediaTypeIsRefused() throws Exception {
    assertThat(node.request("POST", "/live/x/whip", Map.of("Content-Type", "application/json"), WhipClient.OFFER).statusCode())
        .isEqualTo(415);
    assertThat(node.request("POST", "/live/x/whip", Map.of(), WhipClient.OFFER).statusCode()).isEqualTo(415);
    Map<String, String> withCharset = Map.of("Content-Type", "Application/SDP; charset=utf-8");
    assertThat(node.request("POST", "/live/x/whip", withCharset, WhipClient.OFFER).statusCode()).isEqualTo(201);
  }

  @Test
  void anEmptyOfferIsRefused() throws Exception {
    assertThat(node.request("POST", "/live/x/whip", WhipClient.SDP, "").statusCode()).isEqualTo(400);
  }

  @Test
  void anOfferThatIsTooLongIsRefused() throws Exception {
    HttpResponse<String> response = node.request("POST", "/live/x/whip", WhipClient.SDP, "v".repeat((64 << 10) + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(node.request("POST", "/live/x/whip", WhipClient.SDP, "v".repeat(64 << 10)).statusCode()).isEqualTo(201);
  }

  @Test
  void anOfferThatIsTooLongWithoutSayingSoIsRefusedToo() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      socket.setSoTimeout(10_000);
      String head = "POST /live/x/whip HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\n";
      String chunk = "4000\r\n" + "v".repeat(0x4000) + "\r\n";
      socket.getOutputStream()
          .write((head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5)).getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
    }
  }

  @Test
  void whatIsNoMethodOfAnEndpointIsNotAllowed() throws Exception {
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
      HttpResponse<String> response = node.request(method, "/rtc/v1/whep/?app=live&stream=x", Map.of());
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(WhipClient.header(response, "Allow")).isEqualTo("OPTIONS, POST");
    }
  }

  @Test
  void aClientThatIsToldToGoOnWithItsBodyIsAnswered() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      socket.setSoTimeout(10_000);
      String head = "POST /live/x/whip HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\nConnection: close\r\n";
      socket.getOutputStream()
          .write((head + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n").getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(21), US_ASCII)).isEqualTo("HTTP/1.1 100 Continue");
      socket.getOutputStream().write("v=0".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).contains("HTTP/1.1 201");
    }
  }
}
