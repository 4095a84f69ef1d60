package live.sluice.systemtest.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP socket of somebody who may be anybody, and what it has sent and was sent, in bytes. */
public final class Stranger implements AutoCloseable {

  private final DatagramChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(2048);
  private long sent;
  private long received;

  /** A socket that speaks to {@code node}'s port of WebRTC. */
  public Stranger(NodeProcess node) {
    try {
      channel = DatagramChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.connect(new InetSocketAddress(node.spec().host(), node.spec().rtcPort()));
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends. */
  public Stranger send(byte[] datagram) {
    try {
      sent += channel.write(ByteBuffer.wrap(datagram));
    } catch (IOException e) {
      // An ICMP answer to an earlier datagram: nobody listens there, which is an answer too.
    }
    return this;
  }

  /** What has come, or null. */
  public byte @Nullable [] receive() {
    try {
      buffer.clear();
      int length = channel.read(buffer);
      if (length <= 0) {
        return null;
      }
      received += length;
      return Arrays.copyOf(buffer.array(), length);
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads and counts for as long as {@code time} what comes. */
  public Stranger listen(Duration time) {
    Poll.holds("listening", time, () -> {
      byte[] datagram;
      do {
        datagram = receive();
      } while (datagram != null);
      return true;
    });
    return this;
  }

  /** Sends {@code check} until it is answered with success. */
  public Stranger prove(byte[] check, Duration limit) {
    Poll.until("the node answers a STUN check", limit, () -> {
      send(check);
      for (byte[] answer = receive(); answer != null; answer = receive()) {
        if (Stun.isSuccess(answer)) {
          return true;
        }
      }
      return false;
    });
    return this;
  }

  /** Bytes sent. */
  public long sent() {
    return sent;
  }

  /** Bytes received. */
  public long received() {
    return received;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
