package live.sluice.systemtest.kit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, kept alive: blocking, so that a virtual thread can be a player, and small, so that a thousand
 * of them take little from the two cores that they share with the nodes. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {

  private final Socket socket = new Socket();
  private final InputStream in;
  private final String authority;

  /** Connects to the host and port of {@code url}; a read that waits longer than {@code patience} fails. */
  public HttpConnection(URI url, Duration patience) throws IOException {
    authority = url.getRawAuthority();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) patience.toMillis());
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) patience.toMillis());
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
  }

  /**
   * An answer. The body has to be read to its end before the next request.
   *
   * @param status status code
   * @param headers header fields, names in lower case
   * @param body the content, without transfer coding
   */
  public record Answer(int status, Map<String, String> headers, InputStream body) {

    /** A header field, or the empty string. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** The whole content as text. */
    public String text() throws IOException {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** One request and its whole answer on a connection of its own. */
  public static Answer once(URI url, Duration patience) throws IOException {
    try (HttpConnection connection = new HttpConnection(url, patience)) {
      Answer answer = connection.get(pathOf(url));
      byte[] body = answer.body().readAllBytes();
      return new Answer(answer.status(), answer.headers(), new java.io.ByteArrayInputStream(body));
    }
  }

  /** Path and query of {@code url} as they stand in a request. */
  public static String pathOf(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
  }

  /** Sends a GET and reads the head of the answer. */
  public Answer get(String path) throws IOException {
    return send("GET", path, Map.of());
  }

  /** Sends a request without content and reads the head of the answer. */
  public Answer send(String method, String path, Map<String, String> fields) throws IOException {
    StringBuilder head = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: " + authority + "\r\n");
    fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no HTTP answer to " + path + ": " + status);
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int code = Integer.parseInt(status.substring(9, 12));
    return new Answer(code, headers, body(code, headers));
  }

  private InputStream body(int code, Map<String, String> headers) {
    String length = headers.get("content-length");
    if (code == 204 || code == 304) {
      return new Body(0, false);
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new Body(0, true);
    }
    return length == null ? in : new Body(Long.parseLong(length), false);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the server closed the connection" + (line.isEmpty() ? "" : " after: " + line));
      }
      if (b == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) b);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A content of known length, or in chunks. */
  private final class Body extends InputStream {

    private final boolean chunked;
    private long left;
    private boolean started;
    private boolean ended;

    Body(long length, boolean chunked) {
      this.left = length;
      this.chunked = chunked;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte @Nullable [] target, int offset, int length) throws IOException {
      if (left == 0 && chunked && !ended) {
        nextChunk();
      }
      if (left == 0) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the connection ended within the content");
      }
      left -= count;
      return count;
    }

    private void nextChunk() throws IOException {
      if (started) {
        line();
      }
      started = true;
      String size = line();
      int semicolon = size.indexOf(';');
      left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).trim(), 16);
      if (left == 0) {
        ended = true;
        line();
      }
    }
  }
}
