package live.sluice.systemtest.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Answers as a node's HTTP port does, and notes what it was asked: for tests of what stands before nodes. */
public final class FakeNode implements AutoCloseable {

  private static final long ANSWER_NANOS = 100_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch flvMayEnd = new CountDownLatch(1);

  /** Listens on a port of its own. */
  public FakeNode() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens, as host:port. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Path and query of every request, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** How many connections requests came by. */
  public int connections() {
    return connections.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestURI().toString();
    asked.add(request);
    connections.add(exchange.getRemoteAddress());
    String path = exchange.getRequestURI().getPath();
    if (path.contains("gone")) {
      send(exchange, 404, "max-age=1", "no such object\n");
    } else if (path.endsWith(".ts")) {
      // Long enough for others to ask meanwhile.
      LockSupport.parkNanos(ANSWER_NANOS);
      send(exchange, 200, "public, max-age=3600, immutable", "segment " + request);
    } else if (path.endsWith(".m3u8")) {
      send(exchange, 200, "public, max-age=1, stale-while-revalidate=1", "playlist " + asked.size());
    } else if (path.endsWith(".flv")) {
      exchange.getResponseHeaders().set("Content-Type", "video/x-flv");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write("FLV".getBytes(StandardCharsets.US_ASCII));
        body.flush();
        flvMayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      send(exchange, 500, "no-store", "not for this test\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String control, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Cache-Control", control);
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    flvMayEnd.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
