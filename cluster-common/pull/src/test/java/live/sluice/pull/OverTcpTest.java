package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import live.sluice.hop.link.Links;
import live.sluice.hop.testing.NoServing;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.HopTransport;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import live.sluice.pull.packets.NoBridge;
import live.sluice.rtp.RtpStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of nodes that have hops, where links are only to tell of them. */
class OverTcpTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final FakeDirectory directory = new FakeDirectory();
  private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), directory, Ticker.SYSTEM);
  private final Dialled dialled = new Dialled();
  private final ServerSocket owner = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ClusterUpstream upstream =
      new ClusterUpstream(
          directory,
          FakeDirectory.SELF,
          new NodeCredential("s", Ticker.SYSTEM),
          new PullSettings(
              Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(100), List.of()),
          NioSocketChannel::new,
          new RtpStreams(registry, new NoBridge(), Ticker.SYSTEM),
          Ticker.SYSTEM);

  OverTcpTest() throws Exception {
    Links links = new Links(dialled, new NoServing(FakeDirectory.SELF), List.of(loop), Ticker.SYSTEM);
    upstream.setLinks(links, StreamRoutes.OWNER);
    registry.setUpstream(upstream);
    NodeInfo node =
        new NodeInfo("o", 1, NodeInfo.Role.ORIGIN, "r", "127.0.0.1", 1, owner.getLocalPort(), 2, 8001);
    directory.set(KEY, new StreamEntry(KEY, node, 1, 0, List.of()));
  }

  @AfterEach
  void stop() throws Exception {
    registry.shutDown();
    Await.until("all streams are gone", () -> registry.streams().isEmpty());
    owner.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }

  @Test
  void whereLinksOnlyTellOfStreamsTheyArePulledOverTcpAtOnce() throws Exception {
    upstream.pullOverTcp();
    play();
    owner.accept().close();
    assertThat(dialled.times).hasValue(0);
  }

  @Test
  void elseALinkIsDialledFirst() {
    play();
    Await.until("a link was dialled", () -> dialled.times.get() > 0);
  }

  private void play() {
    Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    registry.play(KEY, new Reader(new RecordingSink(loop), TestForm.INSTANCE, TrackFilter.ALL, 0, session));
  }

  /** Counts dials, which never come to anything. */
  private static final class Dialled implements HopTransport {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public InetSocketAddress listen(InetSocketAddress address, Function<HopConnection, ConnectionEvents> accepted) {
      throw new AssertionError("nobody listens here");
    }

    @Override
    public CompletionStage<HopConnection> connect(
        InetSocketAddress address, Function<HopConnection, ConnectionEvents> events) {
      times.incrementAndGet();
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      // There is nothing.
    }
  }
}
