package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HlsFetcherTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final PullSettings SETTINGS =
      new PullSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(50), List.of());

  private final NodeCredential credential = new NodeCredential("s", Ticker.SYSTEM);
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;
  private HlsFetcher fetcher;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/live/x/1-1.ts",
        exchange -> {
          requests.incrementAndGet();
          String header = exchange.getRequestHeaders().getFirst(NodeCredential.HEADER);
          boolean known = "test-0".equals(credential.verify(header, exchange.getRequestURI().getPath()));
          try {
            release.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseHeaders().set("Content-Type", "video/mp2t");
          exchange.sendResponseHeaders(known ? 200 : 401, 5);
          exchange.getResponseBody().write("bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    fetcher = new HlsFetcher(FakeDirectory.SELF, credential, SETTINGS, 1 << 20, Ticker.SYSTEM);
  }

  @AfterEach
  void stop() {
    fetcher.close();
    server.stop(0);
  }

  private StreamEntry entry(int port) {
    NodeInfo owner = new NodeInfo("o", 1, NodeInfo.Role.ORIGIN, "r", "127.0.0.1", 1, port, 2);
    return new StreamEntry(KEY, owner, 1, 0, List.of());
  }

  @Test
  void anObjectIsFetchedOnceHoweverManyAsk() {
    List<CompletableFuture<HlsObject>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.add(fetcher.fetch(entry(server.getAddress().getPort()), NodePaths.segment(KEY, 1, 1)));
    }
    release.countDown();
    for (CompletableFuture<HlsObject> one : asked) {
      HlsObject object = one.join();
      assertThat(object.status()).isEqualTo(200);
      assertThat(object.body().remaining()).isEqualTo(5);
      assertThat(object.contentType()).isEqualTo("video/mp2t");
    }
    fetcher.fetch(entry(server.getAddress().getPort()), NodePaths.segment(KEY, 1, 1)).join();
    assertThat(requests).hasValue(1);
  }

  @Test
  void anOwnerThatIsGoneFailsTheFetch() {
    server.stop(0);
    assertThatThrownBy(() -> fetcher.fetch(entry(server.getAddress().getPort()), "/live/x/1-1.ts").join())
        .hasMessageContaining("can't fetch /live/x/1-1.ts from o");
  }
}
