package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import live.sluice.container.flv.FlvForm;
import live.sluice.container.flv.FlvHeader;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.LeakCheck;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import live.sluice.pull.packets.NoBridge;
import live.sluice.rtp.RtpStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ClusterUpstreamTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final FakeDirectory directory = new FakeDirectory();
  private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), directory, Ticker.SYSTEM);
  private final List<FakeOwner> owners = new CopyOnWriteArrayList<>();
  private final NodeCredential credential = new NodeCredential("s", Ticker.SYSTEM);

  ClusterUpstreamTest() {
    PullSettings settings =
        new PullSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(100), List.of());
    registry.setUpstream(
        new ClusterUpstream(
            directory,
            FakeDirectory.SELF,
            credential,
            settings,
            NioSocketChannel::new,
            new RtpStreams(registry, new NoBridge(), Ticker.SYSTEM),
            Ticker.SYSTEM));
  }

  @AfterEach
  void stop() throws Exception {
    registry.shutDown();
    Await.until("all streams are gone", () -> registry.streams().isEmpty());
    for (FakeOwner owner : owners) {
      owner.close();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }

  /** A node that owns the stream, in a few lines: answers a request with what it is told. */
  private final class FakeOwner implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Socket client;

    FakeOwner(String status, long firstTime) throws IOException {
      owners.add(this);
      Thread.ofVirtual().start(() -> serve(status, firstTime));
    }

    StreamEntry entry(long epoch) {
      NodeInfo node =
          new NodeInfo("o" + epoch, 1, NodeInfo.Role.ORIGIN, "r", "127.0.0.1", 1, server.getLocalPort(), 2);
      return new StreamEntry(KEY, node, epoch, 0, List.of());
    }

    private void serve(String status, long firstTime) {
      try {
        while (true) {
          Socket accepted = server.accept();
          client = accepted;
          StringBuilder head = new StringBuilder();
          while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) accepted.getInputStream().read());
          }
          requests.add(head.toString());
          OutputStream out = accepted.getOutputStream();
          out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          if (status.startsWith("200")) {
            out.write(FlvHeader.bytes(false, true));
            out.write(tag(firstTime, true, true));
            out.write(tag(firstTime, true, false));
            for (int i = 1; i <= 15; i++) {
              out.write(tag(firstTime + 40L * i, false, false));
            }
            out.flush();
          } else {
            accepted.close();
          }
        }
      } catch (IOException e) {
        // Closed: the test is over.
        return;
      }
    }

    private byte[] tag(long time, boolean key, boolean config) {
      byte[] record = {1, 66, 0, 30, (byte) 0xff, (byte) 0xe0, 0};
      Track track = new Track(0, Codec.H264, config ? record : new byte[0], null, null);
      ByteBuf payload = Unpooled.wrappedBuffer(config ? record : new byte[] {0, 0, 0, 1, 0x65});
      Frame frame = new Frame(track, time, 0, key, config, payload);
      ByteBuf tag = frame.encoded(FlvForm.FLV, Unpooled.buffer().alloc());
      byte[] bytes = new byte[tag.readableBytes()];
      tag.getBytes(0, bytes);
      frame.release();
      return bytes;
    }

    void dropClient() throws IOException {
      client.close();
    }

    @Override
    public void close() throws IOException {
      server.close();
      if (client != null) {
        client.close();
      }
    }
  }

  private Reader play(RecordingSink sink) {
    Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    Reader reader = new Reader(sink, TestForm.INSTANCE, TrackFilter.ALL, 0, session);
    registry.play(KEY, reader);
    return reader;
  }

  @Test
  void aStreamIsPulledOnceForAllPlayersWithTheNodesCredential() throws Exception {
    FakeOwner owner = new FakeOwner("200 OK", 5_000);
    directory.set(KEY, owner.entry(1));
    RecordingSink one = new RecordingSink(loop);
    RecordingSink two = new RecordingSink(loop);
    play(one);
    play(two);
    Await.until("both players have the last frame", () -> one.got().contains("v5600") && two.got().contains("v5600"));
    assertThat(one.got()).startsWith("start video", "v0c", "v5000k", "v5040");
    assertThat(owner.requests).hasSize(1);
    assertThat(owner.requests.getFirst())
        .startsWith("GET /live/x.flv?latency=realtime HTTP/1.1")
        .as("an owner that knows no packets passes over the offer")
        .containsIgnoringCase("\r\nUpgrade: sluice-rtp\r\n");
    String header =
        owner.requests.getFirst().lines().filter(l -> l.startsWith(NodeCredential.HEADER)).findFirst().orElseThrow();
    String value = header.substring(header.indexOf(':') + 1).strip();
    assertThat(credential.verify(value, "/live/x.flv")).isEqualTo("test-0");
  }

  @Test
  void whenTheOwnerIsGonePlayersStayAndGoOnWithTheNextOne() throws Exception {
    FakeOwner first = new FakeOwner("200 OK", 5_000);
    directory.set(KEY, first.entry(1));
    RecordingSink sink = new RecordingSink(loop);
    play(sink);
    Await.until("the player has the last frame", () -> sink.got().contains("v5600"));
    directory.set(KEY, null);
    first.close();
    FakeOwner second = new FakeOwner("200 OK", 0);
    directory.set(KEY, second.entry(2));
    Await.until("the player has the last frame of the second owner", () -> sink.got().contains("v6240"));
    assertThat(sink.got()).containsSubsequence("v5600", "v5600c", "v5640k", "v5680", "v6240");
    assertThat(sink.ended()).isNull();
  }

  @Test
  void aBrokenConnectionIsMadeAgain() throws Exception {
    FakeOwner owner = new FakeOwner("200 OK", 0);
    directory.set(KEY, owner.entry(1));
    RecordingSink sink = new RecordingSink(loop);
    play(sink);
    Await.until("the player has the last frame", () -> sink.got().contains("v600"));
    owner.dropClient();
    Await.until("the player has the last frame of the second connection", () -> sink.got().contains("v1240"));
    assertThat(owner.requests).hasSize(2);
  }

  @Test
  void aRefusalIsTriedAgainUntilTheDirectoryKnowsBetter() throws Exception {
    FakeOwner wrong = new FakeOwner("421 Misdirected Request", 0);
    directory.set(KEY, wrong.entry(1));
    RecordingSink sink = new RecordingSink(loop);
    play(sink);
    Await.until("the refusal was met twice", () -> wrong.requests.size() >= 2);
    FakeOwner right = new FakeOwner("200 OK", 0);
    directory.set(KEY, right.entry(2));
    Await.until("the player has the last frame", () -> sink.got().contains("v600"));
  }
}
