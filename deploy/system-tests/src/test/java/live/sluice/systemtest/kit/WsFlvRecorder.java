package live.sluice.systemtest.kit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Plays WS-FLV and writes the content of its binary messages to a file. It takes nothing but what RFC 6455 allows a server
 * that sends whole messages: final, unmasked, with the shortest form of the length.
 *
 * <p>A client of our own, since Java's loses its place now and then when the first messages come with the handshake.
 */
public final class WsFlvRecorder implements AutoCloseable {

  private static final int CONNECT_MS = 10_000;
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;

  private final Socket socket = new Socket();
  private final OutputStream file;
  private final Thread thread;
  private volatile boolean closed;
  private volatile String ended = "";

  /** Starts to connect, and records until the server ends it or {@link #close}. */
  public WsFlvRecorder(URI url, Path recording) {
    try {
      file = Files.newOutputStream(recording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofVirtual().name("ws-flv-recorder").start(() -> record(url));
  }

  private void record(URI url) {
    try {
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_MS);
      String request =
          "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
              + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
              + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      if (!head.toString().startsWith("HTTP/1.1 101 ")
          || !head.toString().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
        ended = "the handshake was answered: " + head;
        return;
      }
      while (ended.isEmpty()) {
        message(in);
      }
    } catch (EOFException | SocketException e) {
      ended = closed ? "" : "the connection ended: " + e;
    } catch (IOException e) {
      ended = "failed: " + e;
    }
  }

  private void message(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int shortLength = in.readUnsignedByte();
    long length =
        switch (shortLength) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> shortLength;
        };
    boolean shortest = shortLength < 126 || length > (shortLength == 126 ? 125 : 65_535);
    if (first == CLOSE) {
      ended = "closed by the server";
    } else if (first != BINARY || shortLength > 127 || !shortest || length > 16 << 20) {
      ended = "no message of FLV: " + Integer.toHexString(first) + ", " + shortLength + ", " + length;
    } else {
      file.write(in.readNBytes((int) length));
    }
  }

  /** Why it ended; empty as long as it lasts. */
  public String ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while a recorder ends", e);
    }
    file.close();
  }
}
