package live.sluice.systemtest.kit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plays WS-FLV and writes the content of its binary messages to a file. Vert.x's client judges the handshake and the
 * frames; of those it lets through, only binary messages that are one frame each are taken.
 *
 * <p>It is not java.net.http's client: against a bare server, independent of this one, that sends valid frames right after
 * its handshake, that one failed in 226 of 4,800 connections (100 ended with a ProtocolException that told of random
 * opcodes or reserved bits, 126 hung), so that the defect is the client's.
 */
public final class WsFlvRecorder implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CONNECT_MS = 10_000;
  private static final int MAX_MESSAGE = 16 << 20;

  /** For all recorders, as long as the tests run. It has no need of the cache of files that Vert.x lays by default. */
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions()
      .setEventLoopPoolSize(1)
      .setUseDaemonThread(true)
      .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));

  private final OutputStream file;
  private final WebSocketClient client = VERTX.createWebSocketClient(new WebSocketClientOptions()
      .setConnectTimeout(CONNECT_MS)
      .setMaxFrameSize(MAX_MESSAGE)
      .setMaxMessageSize(MAX_MESSAGE));
  private final ClientWebSocket socket = client.webSocket();
  private final Future<WebSocket> connected;
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile String ended = "";

  /** Starts to connect, and records until the server ends it or {@link #close}. */
  public WsFlvRecorder(URI url, Path recording) {
    try {
      file = Files.newOutputStream(recording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Set before it connects, so that what comes with the handshake meets them.
    socket.frameHandler(this::frame);
    socket.exceptionHandler(failure -> end("failed: " + failure));
    socket.closeHandler(none -> {
      end("closed by the server: " + socket.closeStatusCode() + ' ' + socket.closeReason());
      gone.countDown();
    });
    connected = socket.connect(url.getPort(), url.getHost(), url.getRawPath());
    connected.onFailure(failure -> {
      end("could not connect: " + failure);
      gone.countDown();
    });
  }

  private void frame(WebSocketFrame frame) {
    if (frame.isClose() || !ended.isEmpty()) {
      return;
    }
    if (!frame.isBinary() || !frame.isFinal()) {
      end("no message of FLV: " + frame.type() + ", final: " + frame.isFinal());
      return;
    }
    try {
      file.write(frame.binaryData().getBytes());
    } catch (IOException e) {
      end("can't write: " + e);
    }
  }

  private void end(String why) {
    if (ended.isEmpty() && !closed) {
      ended = why;
    }
  }

  /** Why it ended; empty as long as it lasts, and when it was closed from here. */
  public String ended() {
    return ended;
  }

  /** Says good-bye, and waits until the connection has ended and the recording is complete. */
  @Override
  public void close() throws IOException {
    closed = true;
    connected.onSuccess(WebSocket::close);
    try {
      if (!gone.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a WebSocket does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while a recorder ends", e);
    }
    client.close();
    file.close();
  }
}
