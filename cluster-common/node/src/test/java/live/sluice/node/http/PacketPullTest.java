package live.sluice.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaForm;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import live.sluice.media.TrackFilter;
import live.sluice.media.codec.Tracks;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import live.sluice.node.config.AuthSection;
import live.sluice.pull.ClusterUpstream;
import live.sluice.pull.NodeCredential;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The media server of an owner, and the pull of another node, against each other on loopback. */
class PacketPullTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private static final RtpTrack AUDIO = new RtpTrack(1, Codec.OPUS, 48_000, 2, "useinbandfec=1");

  private final NodeCredential credential = new NodeCredential("s", Ticker.SYSTEM);
  private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  // The owner.
  private final FakeDirectory ownersDirectory = new FakeDirectory();
  private final Sessions sessions = new Sessions(20, 10, Ticker.SYSTEM);
  private final StreamRegistry ownersRegistry =
      new StreamRegistry(MediaSettings.defaults(), ownersDirectory, Ticker.SYSTEM);
  private final RtpStreams ownersStreams = new RtpStreams(ownersRegistry, new NoBridge(), Ticker.SYSTEM);
  private final FakeSource source = new FakeSource();
  private MediaServers servers;
  private Channel port;

  // The puller.
  private final NodeInfo edge = new NodeInfo("edge-0", 1, NodeInfo.Role.EDGE, "r", "127.0.0.1", 1, 2, 3);
  private final FakeDirectory directory = new FakeDirectory();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), directory, Ticker.SYSTEM);
  private final RtpStreams streams = new RtpStreams(registry, new NoBridge(), Ticker.SYSTEM);

  @BeforeEach
  void start() throws Exception {
    servers =
        new MediaServers(
            sessions, ownersRegistry, ownersStreams, ownersDirectory, credential, AuthSection::defaults);
    port =
        servers
            .server()
            .prepare(new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class), null)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    registry.setUpstream(
        new ClusterUpstream(directory, edge, credential, MediaServers.PULL, NioSocketChannel::new, streams, Ticker.SYSTEM));
  }

  @AfterEach
  void stop() throws Exception {
    registry.shutDown();
    ownersRegistry.shutDown();
    Await.until("all streams are gone", () -> registry.streams().isEmpty() && ownersRegistry.streams().isEmpty());
    Await.until("all sessions are gone", () -> sessions.size() == 0);
    port.close().sync();
    servers.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }

  private static RtpPacket packet(RtpTrack track, int layer, int sequence, boolean key, String payload) {
    var bytes = Unpooled.directBuffer().writeByte(0x80).writeByte(0x80 | 99).writeShort(sequence);
    bytes.writeInt(10 * sequence).writeInt(77).writeCharSequence(payload, StandardCharsets.US_ASCII);
    return new RtpPacket(track, layer, bytes, 12, key, 0);
  }

  private RtpFeed publishPackets() {
    return ownersStreams
        .publish(
            KEY,
            Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1"),
            loops.next(),
            List.of(VIDEO, AUDIO),
            source)
        .toCompletableFuture()
        .join();
  }

  private Publication publishFrames() {
    Session publisher = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1");
    return ownersRegistry
        .publish(KEY, publisher, loops.next(), (code, why) -> {})
        .toCompletableFuture()
        .join();
  }

  /** Tells the puller's directory what the owner's says, with the port that the test has got. */
  private void tell() {
    StreamEntry known = ownersDirectory.lookup(KEY);
    int number = ((InetSocketAddress) port.localAddress()).getPort();
    NodeInfo owner = new NodeInfo("test-0", 1, NodeInfo.Role.ORIGIN, "r", "127.0.0.1", 1, number, 2);
    directory.set(KEY, new StreamEntry(KEY, owner, known == null ? 1 : known.epoch(), 0, List.of()));
  }

  private static void feed(RtpFeed feed, RtpPacket... packets) {
    feed.stream()
        .loop()
        .execute(
            () -> {
              for (RtpPacket packet : packets) {
                feed.packet(packet);
              }
              feed.flush();
            });
  }

  /** A configuration that can be read, and a keyframe. */
  private static void feed(Publication publication) {
    byte[] record = {1, 66, 0, 30, (byte) 0xff, (byte) 0xe0, 0};
    Track track = Tracks.of(Codec.H264, record);
    publication.frame(new Frame(track, 0, 0, false, true, Unpooled.wrappedBuffer(record)));
    publication.frame(new Frame(track, 0, 0, true, false, Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 0x65})));
  }

  private RecordingReader read() {
    RecordingReader reader = new RecordingReader(loops.next());
    open().add(reader);
    return reader;
  }

  private RtpStream open() {
    return streams.open(KEY, loops.next(), 20_000).toCompletableFuture().join();
  }

  @Test
  void packetsReachReadersOfAnotherNodeAsTheyWerePublishedAndRequestsComeBack() {
    RtpFeed feed = publishPackets();
    tell();
    RecordingReader reader = read();
    Await.until("the publisher is asked for a keyframe", () -> source.asked.contains("keyframe of 0"));
    assertThat(open().tracks()).containsExactly(VIDEO, AUDIO);
    feed.stream().loop().execute(() -> feed.clock(AUDIO, 0, new RtpClock(123, 456, 0)));
    feed(
        feed,
        packet(VIDEO, 2, 65_535, true, "key"),
        packet(AUDIO, 0, 7, true, "sound".repeat(30)),
        packet(VIDEO, 2, 3, false, "long".repeat(300)));
    Await.until("all packets are there", () -> reader.got.size() == 3);
    assertThat(reader.got)
        .containsExactly(
            "VP8/2 65535 655350 key",
            "OPUS/0 7 70 " + "sound".repeat(30),
            "VP8/2 3 30 " + "long".repeat(300));
    RtpStream pulled = open();
    assertThat(pulled.heedsRequests()).isTrue();
    Await.until("the clock is known", () -> pulled.clock(1, 0) != null);
    assertThat(pulled.clock(1, 0).ntp()).isEqualTo(123);
    pulled.requestKeyframe(2);
    Await.until("the publisher is asked for a keyframe of a layer", () -> source.asked.contains("keyframe of 2"));
    assertThat(sessions.all()).hasSize(1);
    Session session = sessions.all().iterator().next();
    assertThat(session.type()).isEqualTo(Session.Type.NODE_PULL);
    assertThat(session.frames()).isEqualTo(3);
    assertThat(session.sentBytes()).isGreaterThan(1_350);
    Await.until("requests are counted", () -> session.receivedBytes() > 0);
  }

  @Test
  void aStreamOfFramesComesAsFrames() {
    Publication publication = publishFrames();
    feed(publication);
    tell();
    RecordingSink sink = new RecordingSink(loops.next());
    Session player = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    registry.play(KEY, new Reader(sink, TestForm.INSTANCE, TrackFilter.ALL, 0, player));
    Await.until("the keyframe is there", () -> sink.got().contains("v0k"));
    assertThat(pulledForm()).isEqualTo(MediaForm.FRAMES);
  }

  private MediaForm pulledForm() {
    Stream stream = registry.find(KEY);
    Publication now = stream == null ? null : stream.source();
    return now == null ? null : now.form();
  }

  @Test
  void whatIsPublishedAnewInTheOtherFormIsPulledInThatForm() {
    RtpFeed feed = publishPackets();
    tell();
    read();
    Await.until("it comes as packets", () -> pulledForm() == MediaForm.PACKETS);
    feed.stream().loop().execute(feed::close);
    Await.until("the owner is free", () -> ownersDirectory.lookup(KEY) == null);
    Publication frames = publishFrames();
    feed(frames);
    tell();
    Await.until("it comes as frames", () -> pulledForm() == MediaForm.FRAMES);
    frames.close();
    Await.until("the owner is free", () -> ownersDirectory.lookup(KEY) == null);
    publishPackets();
    tell();
    Await.until("it comes as packets again", () -> pulledForm() == MediaForm.PACKETS);
  }

  /** The node asks before the hub has the stream: it is told the form when the hub knows it. */
  @ParameterizedTest
  @EnumSource(MediaForm.class)
  void ofAHubThatHasYetToPullItComesInTheFormOfItsSource(MediaForm form) {
    NodeInfo far = new NodeInfo("far-0", 1, NodeInfo.Role.ORIGIN, "elsewhere", "127.0.0.1", 1, 2, 3);
    StreamEntry there = new StreamEntry(KEY, far, 5, 0, List.of());
    ownersDirectory.set(KEY, there);
    ownersRegistry.setUpstream(
        stream -> {
          stream.loop().schedule(() -> pullByHub(stream, there, form), 200, TimeUnit.MILLISECONDS);
          return () -> {};
        });
    tell();
    streams.open(KEY, loops.next(), 20_000);
    Await.until("it comes in that form", () -> pulledForm() == form);
  }

  private void pullByHub(Stream stream, StreamEntry entry, MediaForm form) {
    Session session = Session.detached(Session.Type.PULL, "far");
    if (form == MediaForm.PACKETS) {
      ownersStreams.pulled(
          List.of(VIDEO, AUDIO),
          source,
          by -> stream.connect(entry, false, new StreamRegistry.Publisher(session, by, form)));
    } else {
      feed(stream.connect(entry, session, false, (code, why) -> {}));
    }
  }

  @Test
  void nobodyIsHeldForLongByAHubThatFindsNoSource() throws Exception {
    NodeInfo far = new NodeInfo("far-0", 1, NodeInfo.Role.ORIGIN, "elsewhere", "127.0.0.1", 1, 2, 3);
    ownersDirectory.set(KEY, new StreamEntry(KEY, far, 5, 0, List.of()));
    ownersRegistry.setUpstream(stream -> () -> {});
    try (Socket socket = connect(NodeCredential.HEADER + ": " + credential.sign("edge-1", "/live/x.flv") + "\r\n")) {
      assertThat(readHead(socket)).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void readersStayWhileThePublisherComesAgain() {
    RtpFeed first = publishPackets();
    tell();
    RecordingReader reader = read();
    feed(first, packet(AUDIO, 0, 1, true, "one"));
    Await.until("the first source's packet is there", () -> reader.got.size() == 1);
    first.stream().loop().execute(first::close);
    Await.until("the owner is free", () -> ownersDirectory.lookup(KEY) == null);
    RtpFeed second = publishPackets();
    tell();
    Await.until("the second source is there", () -> reader.got.contains("another source"));
    feed(second, packet(AUDIO, 0, 5_000, true, "two"));
    Await.until("the second source's packet is there", () -> reader.got.size() == 3);
    assertThat(reader.got).containsExactly("OPUS/0 1 10 one", "another source", "OPUS/0 5000 50000 two");
  }

  @Test
  void aPlayerIsNoNodeAndGetsNoPackets() throws Exception {
    publishPackets();
    try (Socket socket = connect("")) {
      Await.until("it plays", () -> sessions.all().stream().anyMatch(s -> s.type() == Session.Type.FLV_PLAY));
      assertThat(socket.getInputStream().available()).isZero();
    }
  }

  @Test
  void malformedRequestsEndTheirConnectionAndNoOther() throws Exception {
    RtpFeed feed = publishPackets();
    tell();
    RecordingReader reader = read();
    try (Socket socket = connect(NodeCredential.HEADER + ": " + credential.sign("edge-1", "/live/x.flv") + "\r\n")) {
      assertThat(readHead(socket)).startsWith("HTTP/1.1 101 ").contains("\r\nUpgrade: sluice-rtp\r\n");
      socket.getOutputStream().write(new byte[] {0, 1, 3, 0, 5, 3, 1, 0, 1, 99});
      socket.getInputStream().readAllBytes();
    }
    Await.until("it is told apart", () -> sessions.ended(ErrorCode.PROTOCOL_ERROR) == 1);
    feed(feed, packet(AUDIO, 0, 1, true, "one"));
    Await.until("the other one goes on", () -> reader.got.contains("OPUS/0 1 10 one"));
  }

  private Socket connect(String headers) throws Exception {
    Socket socket = new Socket();
    socket.connect(port.localAddress(), 5_000);
    socket.setSoTimeout(15_000);
    String request =
        "GET /live/x.flv HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: sluice-rtp\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String readHead(Socket socket) throws Exception {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }
}
