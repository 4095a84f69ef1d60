package live.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhipExchangeTest {
  private final LoadLoops loops = new LoadLoops(1);
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final Owner owner = new Owner();
  private HttpServer http;

  /** Notes what it is told. */
  private static final class Owner implements Signalling.Owner {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    final CompletableFuture<String> refusal = new CompletableFuture<>();
    final AtomicInteger offers = new AtomicInteger();

    @Override
    public void onOffered() {
      offers.incrementAndGet();
    }

    @Override
    public void onAnswer(String sdp, InetSocketAddress server) {
      answer.complete(sdp + " of " + server.getPort());
    }

    @Override
    public void onRefused(String why) {
      refusal.complete(why);
    }
  }

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/live/x/whep", exchange -> answer(exchange, 201, "../x/session/1", "v=0"));
    http.createContext("/live/moved/whep", exchange -> answer(exchange, 307, url("/live/x/whep"), ""));
    http.createContext("/live/round/whep", exchange -> answer(exchange, 307, url("/live/round/whep"), ""));
    http.createContext("/live/none/whep", exchange -> answer(exchange, 409, null, "{}"));
    http.createContext("/live/x/session/1", exchange -> answer(exchange, 200, null, ""));
    http.start();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange, int status, String location, String body) throws IOException {
    String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + content + ' ' + token);
    if (location != null) {
      exchange.getResponseHeaders().add("Location", location);
    }
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    http.stop(0);
    loops.close();
  }

  private WhipExchange exchange(String path) {
    WhipExchange made = new WhipExchange(loops.of(0), Target.of(url(path)), "secret", owner);
    loops.of(0).loop().execute(() -> made.offer("offer"));
    return made;
  }

  private String next() throws InterruptedException {
    return requests.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void anOfferIsAnsweredAndItsSessionDeleted() throws Exception {
    WhipExchange exchange = exchange("/live/x/whep");
    assertThat(owner.answer.get(10, TimeUnit.SECONDS)).isEqualTo("v=0 of " + http.getAddress().getPort());
    assertThat(next()).isEqualTo("POST /live/x/whep offer Bearer secret");
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loops.of(0).loop().execute(() -> exchange.delete(() -> done.complete(true)));
    assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(next()).isEqualTo("DELETE /live/x/session/1  Bearer secret");
  }

  @Test
  void anOfferFollowsARedirect() throws Exception {
    exchange("/live/moved/whep");
    assertThat(owner.answer.get(10, TimeUnit.SECONDS)).startsWith("v=0");
    assertThat(next()).startsWith("POST /live/moved/whep offer");
    assertThat(next()).startsWith("POST /live/x/whep offer");
    assertThat(owner.offers).hasValue(1);
  }

  @Test
  void whatLeadsInARoundAndWhatIsRefusedFailsWithTheStatus() throws Exception {
    exchange("/live/round/whep");
    assertThat(owner.refusal.get(10, TimeUnit.SECONDS)).isEqualTo("the server answered 307");
    Owner other = new Owner();
    WhipExchange refused = new WhipExchange(loops.of(0), Target.of(url("/live/none/whep")), null, other);
    loops.of(0).loop().execute(() -> refused.offer("offer"));
    assertThat(other.refusal.get(10, TimeUnit.SECONDS)).isEqualTo("the server answered 409");
  }

  @Test
  void aSessionThatIsLeftBeforeItsAnswerIsDeletedAll() throws Exception {
    WhipExchange exchange = new WhipExchange(loops.of(0), Target.of(url("/live/x/whep")), "secret", owner);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loops
        .of(0)
        .loop()
        .execute(
            () -> {
              exchange.offer("offer");
              exchange.delete(() -> done.complete(true));
            });
    assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(next()).startsWith("POST");
    assertThat(next()).startsWith("DELETE /live/x/session/1");
    assertThat(owner.answer).isNotDone();
  }
}
