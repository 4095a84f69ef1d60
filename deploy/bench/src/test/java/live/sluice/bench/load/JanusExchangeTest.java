package live.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.rtc.sdp.Fingerprint;
import live.sluice.rtc.sdp.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The exchange with a Janus that says what it is told to say. */
class JanusExchangeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 192.0.2.2
      s=Mountpoint 7
      t=0 0
      a=group:BUNDLE v
      a=fingerprint:sha-256 %s
      a=ice-lite
      m=video 9 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 192.0.2.2
      a=sendonly
      a=mid:v
      a=rtcp-mux
      a=ice-ufrag:k8FO
      a=ice-pwd:vivftavPtx3zw3CEyRRAXV
      a=setup:actpass
      a=rtpmap:96 H264/90000
      a=fmtp:96 profile-level-id=42e01f;packetization-mode=1
      a=candidate:1 1 udp 2015363327 192.0.2.2 37545 typ host
      """
          .formatted("AB:".repeat(31) + "AB")
          .replace("\n", "\r\n");

  private final LoadLoops loops = new LoadLoops(1);
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final Deque<String> events = new ArrayDeque<>();
  private final Owner owner = new Owner();
  private HttpServer http;
  private String watchAnswer = "{\"janus\":\"ack\"}";

  /** Notes what it is told. */
  private static final class Owner implements Signalling.Owner {
    final CompletableFuture<String> description = new CompletableFuture<>();
    final CompletableFuture<String> refusal = new CompletableFuture<>();
    final AtomicInteger offers = new AtomicInteger();

    @Override
    public void onOffered() {
      offers.incrementAndGet();
    }

    @Override
    public void onAnswer(String sdp, InetSocketAddress server) {
      description.complete(sdp);
    }

    @Override
    public void onRefused(String why) {
      refusal.complete(why);
    }
  }

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/janus", this::serve);
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
    loops.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    String body;
    if (exchange.getRequestMethod().equals("GET")) {
      requests.add("GET " + path);
      body = events.remove();
    } else {
      JsonNode request = JSON.readTree(sent);
      String what = request.path("janus").asString("");
      String kind = what.equals("message") ? request.path("body").path("request").asString("") : what;
      requests.add(kind + ' ' + path + ' ' + new String(sent, StandardCharsets.UTF_8));
      body =
          switch (kind) {
            case "create" -> "{\"janus\":\"success\",\"data\":{\"id\":7833910559427873}}";
            case "attach" -> "{\"janus\":\"success\",\"data\":{\"id\":22}}";
            case "watch" -> watchAnswer;
            default -> "{\"janus\":\"ack\"}";
          };
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String offered() {
    var event = JsonNodeFactory.instance.objectNode().put("janus", "event");
    event.putObject("plugindata").putObject("data").put("streaming", "event");
    event.putObject("jsep").put("type", "offer").put("sdp", OFFER);
    return event.toString();
  }

  private JanusExchange exchange() {
    Target target = Target.of("janus://127.0.0.1:" + http.getAddress().getPort() + "/janus/7");
    Fingerprint fingerprint = Fingerprint.parse("sha-256 " + "CD:".repeat(31) + "CD");
    LocalTransport local = new LocalTransport(1, "abcd", "0123456789012345678901", fingerprint, List.of());
    return new JanusExchange(loops.of(0), target, local, owner);
  }

  private JanusExchange begin() {
    JanusExchange made = exchange();
    loops.of(0).loop().execute(() -> made.offer("not looked at"));
    return made;
  }

  private String next() throws InterruptedException {
    String request = requests.poll(10, TimeUnit.SECONDS);
    return request == null ? "nothing" : request;
  }

  private void leave(JanusExchange exchange) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loops.of(0).loop().execute(() -> exchange.delete(() -> done.complete(true)));
    assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theServersOfferIsAnsweredAndTheSessionDestroyedInTheEnd() throws Exception {
    events.add("{\"janus\":\"event\",\"plugindata\":{\"data\":{\"streaming\":\"event\"}}}");
    events.add(offered());
    JanusExchange exchange = begin();
    assertThat(owner.description.get(10, TimeUnit.SECONDS)).isEqualTo(OFFER);
    assertThat(owner.offers).hasValue(1);
    assertThat(next()).startsWith("create /janus ");
    assertThat(next()).startsWith("attach /janus/7833910559427873 ").contains("janus.plugin.streaming");
    assertThat(next()).startsWith("watch /janus/7833910559427873/22 ").contains("\"id\":7");
    assertThat(next()).isEqualTo("GET /janus/7833910559427873?maxev=1");
    assertThat(next()).isEqualTo("GET /janus/7833910559427873?maxev=1");
    assertThat(next())
        .startsWith("start /janus/7833910559427873/22 ")
        .contains("\"type\":\"answer\"", "a=recvonly", "a=setup:active", "a=ice-ufrag:abcd")
        .doesNotContain("ice-lite");

    leave(exchange);
    assertThat(next()).startsWith("destroy /janus/7833910559427873 ");
  }

  @Test
  void aMountpointThatIsNotThereIsARefusalThatSaysSo() throws Exception {
    events.add(
        "{\"janus\":\"event\",\"plugindata\":{\"data\":{\"error_code\":455,\"error\":\"No such mountpoint/stream 7\"}}}");
    begin();
    assertThat(owner.refusal.get(10, TimeUnit.SECONDS)).isEqualTo("Janus refuses watch: No such mountpoint/stream 7");
  }

  @Test
  void whatTheServerItselfRefusesIsTold() throws Exception {
    watchAnswer = "{\"janus\":\"error\",\"error\":{\"code\":403,\"reason\":\"Unauthorized\"}}";
    begin();
    assertThat(owner.refusal.get(10, TimeUnit.SECONDS)).isEqualTo("Janus refuses watch: Unauthorized");
  }

  @Test
  void noOfferInTheTimeOfALongPollIsARefusal() throws Exception {
    events.add("{\"janus\":\"keepalive\"}");
    begin();
    assertThat(owner.refusal.get(10, TimeUnit.SECONDS)).isEqualTo("Janus made no offer within 30 s");
  }

  @Test
  void anOfferOfNothingThatCanBePlayedIsARefusal() throws Exception {
    events.add(offered().replace("H264", "THEORA"));
    begin();
    assertThat(owner.refusal.get(10, TimeUnit.SECONDS)).startsWith("the server's offer can't be answered: ");
  }

  @Test
  void aPlayerThatLeavesWhileItIsStillComingIsDestroyedAll() throws Exception {
    JanusExchange exchange = exchange();
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loops
        .of(0)
        .loop()
        .execute(
            () -> {
              exchange.offer("");
              exchange.delete(() -> done.complete(true));
            });
    assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(next()).startsWith("create");
    assertThat(owner.description).isNotDone();
  }
}
