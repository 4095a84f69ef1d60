package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
  private final EventLoops loops = EventLoops.create(2);
  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final ServerBootstrap server =
      loops.serverBootstrap().childHandler(new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {
          channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
              accepted.add(context.channel());
            }
          });
        }
      });

  @AfterEach
  void close() {
    loops.close();
  }

  private Channel next() throws InterruptedException {
    Channel channel = accepted.poll(10, TimeUnit.SECONDS);
    assertThat(channel).isNotNull();
    return channel;
  }

  @Test
  void connectionsThatComeInPairsDoNotEndOnOneLoop() throws Exception {
    int port = Listener.portOf(Listener.open(server, "x.port", "127.0.0.1", 0));
    Map<EventLoop, Integer> perLoop = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      try (Socket shortOne = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(shortOne.isConnected()).isTrue();
        Channel first = next();
        first.close().sync();
      }
      new Socket(InetAddress.getLoopbackAddress(), port);
      perLoop.merge(next().eventLoop(), 1, Integer::sum);
    }
    assertThat(perLoop.values()).containsExactly(5, 5);
  }

  @Test
  void vertxRunsOnTheSameLoops() throws Exception {
    EventLoop loop = loops.group().next();
    String name = loop.submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS);
    assertThat(name).startsWith("vert.x-eventloop-thread");
    assertThat(loops.transport()).isEqualTo("epoll");
  }

  @Test
  void aPortThatIsTakenIsToldWithWhoHasIt() {
    int port = Listener.portOf(Listener.open(server, "x.port", "127.0.0.1", 0));
    assertThatThrownBy(() -> Listener.open(server, "x.port", "127.0.0.1", port))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LISTEN_FAILED))
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining("set x.port to another port");
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsTold() {
    assertThatThrownBy(() -> Listener.open(server, "x.port", "192.0.2.77", 0))
        .hasMessageContaining("this machine has no such address");
  }
}
