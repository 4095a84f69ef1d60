package live.sluice.bench.compare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.sluice.bench.BenchException;
import live.sluice.bench.proc.Child;

/** Waits until a server can be loaded. */
public final class Waiting {
  private static final long POLL_MS = 50;
  private static final int ANSWER_LIMIT_MS = 2_000;

  private Waiting() {}

  /**
   * Waits for a condition.
   *
   * @param what the end of a sentence that begins with the child's name, such as "is ready"
   * @throws BenchException when it takes too long, or the child ends before
   */
  public static void until(Child child, String what, Duration limit, BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (!child.isAlive()) {
        throw new BenchException(child + " ended before it " + what + ":\n  " + child.lastWords());
      }
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new BenchException(
            "after " + limit.toSeconds() + " s it is not so that " + child + ' ' + what + ":\n  " + child.lastWords());
      }
      pause(POLL_MS);
    }
  }

  /** Waits some time. */
  public static void pause(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Whether something listens on this port of 127.0.0.1. */
  public static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What a GET is answered with, where its status is 200; else, and of no address, an empty text. */
  public static String answer(String url) {
    if (url.isEmpty()) {
      return "";
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(ANSWER_LIMIT_MS);
      connection.setReadTimeout(ANSWER_LIMIT_MS);
      try {
        boolean good = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        return good ? new String(connection.getInputStream().readAllBytes(), UTF_8) : "";
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return "";
    }
  }
}
