package live.sluice.systemtest.kit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An RTMP connection on which anything can be said, right or wrong: the hostile client of the tests. */
public final class RawRtmp implements AutoCloseable {

  private static final int HANDSHAKE = 1536;
  private static final int CHUNK = 65_536;

  private final Socket socket = new Socket();
  private final DataOutputStream out;
  private final DataInputStream in;

  /** Connects; {@code receiveBuffer} of 0 leaves the system's choice. */
  public RawRtmp(String host, int port, int receiveBuffer) {
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(host, port), 5000);
      out = new DataOutputStream(socket.getOutputStream());
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes as they are. */
  public RawRtmp bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** The simple handshake (RTMP 1.0, 5.2). */
  public RawRtmp handshake() throws IOException {
    out.write(3);
    out.write(new byte[HANDSHAKE]);
    out.flush();
    in.readFully(new byte[1 + HANDSHAKE]);
    in.readFully(new byte[HANDSHAKE]);
    out.write(new byte[HANDSHAKE]);
    ByteArrayOutputStream size = new ByteArrayOutputStream();
    new DataOutputStream(size).writeInt(CHUNK);
    return message(2, 1, 0, size.toByteArray());
  }

  /** connect, createStream and publish. */
  public RawRtmp publish(String app, String name) throws IOException {
    connect(app);
    command(8, 1, "publish", 5, null, name, "live");
    return this;
  }

  /** connect, createStream and play. */
  public RawRtmp play(String app, String name) throws IOException {
    connect(app);
    command(8, 1, "play", 5, null, name);
    return this;
  }

  private void connect(String app) throws IOException {
    command(3, 0, "connect", 1, Map.of("app", app, "tcUrl", "rtmp://127.0.0.1/" + app));
    command(3, 0, "createStream", 2, (Object) null);
  }

  /** One message in chunks of 64 KiB, all with a full header or none (RTMP 1.0, 5.3.1). */
  public RawRtmp message(int chunkStream, int type, int messageStream, byte[] payload) throws IOException {
    header(chunkStream, type, messageStream, payload.length);
    for (int at = 0; at < payload.length; at += CHUNK) {
      if (at > 0) {
        out.write(0xc0 | chunkStream);
      }
      out.write(payload, at, Math.min(CHUNK, payload.length - at));
    }
    out.flush();
    return this;
  }

  /** A full message header that announces {@code length} bytes. */
  public RawRtmp header(int chunkStream, int type, int messageStream, int length) throws IOException {
    out.write(chunkStream);
    out.write(new byte[3]);
    out.write(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type});
    out.writeInt(Integer.reverseBytes(messageStream));
    return this;
  }

  /** Reads and forgets until the server closes; false when it does not within {@code limit}. */
  public boolean awaitClosed(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    byte[] waste = new byte[16 * 1024];
    try {
      while (true) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        socket.setSoTimeout((int) left);
        if (in.read(waste) < 0) {
          return true;
        }
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void command(int chunkStream, int messageStream, String name, double transaction, @Nullable Object... values)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream amf = new DataOutputStream(bytes);
    value(amf, name);
    value(amf, transaction);
    for (Object value : values) {
      value(amf, value);
    }
    message(chunkStream, 20, messageStream, bytes.toByteArray());
  }

  private static void value(DataOutputStream amf, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> amf.writeByte(5);
      case Double number -> {
        amf.writeByte(0);
        amf.writeDouble(number);
      }
      case Map<?, ?> map -> {
        amf.writeByte(3);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          string(amf, entry.getKey().toString());
          value(amf, entry.getValue());
        }
        amf.write(new byte[] {0, 0, 9});
      }
      default -> {
        amf.writeByte(2);
        string(amf, value.toString());
      }
    }
  }

  private static void string(DataOutputStream amf, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    amf.writeShort(bytes.length);
    amf.write(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
