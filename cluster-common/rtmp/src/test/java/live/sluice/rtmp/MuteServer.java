package live.sluice.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import live.sluice.container.amf.AmfNull;
import live.sluice.rtmp.command.Command;
import live.sluice.rtmp.command.Status;

/** A server that agrees to one publish, and then neither reads nor says anything, as if its machine were gone. */
final class MuteServer implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket();
  private volatile Socket accepted;

  MuteServer() throws IOException {
    listening.setReceiveBufferSize(16 << 10);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  PublishTarget publish(RtmpClient client, EventLoop loop, PublishTarget.Owner owner) throws IOException {
    RtmpUrl url = RtmpUrl.parse("rtmp://127.0.0.1:" + listening.getLocalPort() + "/live/x");
    var answer = client.publish(url, loop, Loopback.session(), owner).toCompletableFuture();
    accepted = listening.accept();
    accepted.getOutputStream().write(agreement());
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The whole of the handshake, and the answers to connect (1) and to createStream (4). */
  private static byte[] agreement() {
    ByteBuf out = Unpooled.buffer().writeByte(3).writeZero(2 * 1536);
    add(out, 0, "_result", 1, AmfNull.NULL, AmfNull.NULL);
    add(out, 0, "_result", 4, AmfNull.NULL, 1);
    add(out, 1, "onStatus", 0, AmfNull.NULL, Status.ok(Status.PUBLISH_START, "go on").toAmf());
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static void add(ByteBuf out, int streamId, Object... values) {
    ByteBuf command = Command.write(ByteBufAllocator.DEFAULT, 128, streamId, values);
    out.writeBytes(command);
    command.release();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    if (accepted != null) {
      accepted.close();
    }
  }
}
