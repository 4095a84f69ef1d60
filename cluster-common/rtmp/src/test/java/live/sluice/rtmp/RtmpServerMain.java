package live.sluice.rtmp;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import live.sluice.media.MediaSettings;
import live.sluice.media.Sessions;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.testing.FakeDirectory;

/** A server alone, to try other programs on by hand: the port is its argument. */
final class RtmpServerMain {
  private RtmpServerMain() {}

  public static void main(String[] args) {
    MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), Ticker.SYSTEM);
    Sessions sessions = new Sessions(10_000, 10_000, Ticker.SYSTEM);
    RtmpServer server =
        new RtmpServer(
            RtmpServerSettings.defaults(),
            registry,
            sessions,
            PublishGate.local(registry),
            Vhosts.none(100),
            Ticker.SYSTEM);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    server.listen(address, loops, loops, NioServerSocketChannel.class, null).toCompletableFuture().join();
  }
}
