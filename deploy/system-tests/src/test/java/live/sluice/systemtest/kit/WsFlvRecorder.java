package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Plays WS-FLV and writes the content of its binary messages to a file. */
public final class WsFlvRecorder implements AutoCloseable, WebSocket.Listener {

  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final OutputStream file;
  private final CompletableFuture<WebSocket> socket;
  private volatile String ended = "";

  /** Starts to connect, and records until the server ends it or {@link #close}. */
  public WsFlvRecorder(URI url, Path recording) {
    try {
      file = Files.newOutputStream(recording);
      socket = CLIENT.newWebSocketBuilder().buildAsync(url, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    try {
      file.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ws.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket ws, int statusCode, String reason) {
    ended = "closed by the server: " + statusCode + ' ' + reason;
    return null;
  }

  @Override
  public void onError(WebSocket ws, Throwable error) {
    ended = "failed: " + error;
  }

  /** Why it ended; empty as long as it lasts. */
  public String ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    if (socket.isDone() && !socket.isCompletedExceptionally()) {
      socket.join().abort();
    } else {
      socket.cancel(true);
    }
    file.close();
  }
}
