package live.sluice.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaSettings;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.Ticker;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import live.sluice.media.testing.Await;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.node.config.AuthSection;
import live.sluice.pull.NodeCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaHttpServerTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final FakeDirectory directory = new FakeDirectory();
  private final Sessions sessions = new Sessions(20, 10, Ticker.SYSTEM);
  private final StreamRegistry registry = new StreamRegistry(settings(), directory, Ticker.SYSTEM);
  private final NodeCredential credential = new NodeCredential("s", Ticker.SYSTEM);
  private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private MediaServers servers;
  private Channel port;

  private static MediaSettings settings() {
    MediaSettings d = MediaSettings.defaults();
    return new MediaSettings(
        d.gopBytes(),
        d.gopFrames(),
        d.readerLag(),
        d.readerBytes(),
        d.readerStuck(),
        Duration.ofMillis(300),
        d.playerKeep(),
        d.pullLinger(),
        d.publishIdle(),
        d.memoryBudget(),
        false);
  }

  private volatile AuthSection auth = AuthSection.defaults();

  @BeforeEach
  void start() throws Exception {
    servers = new MediaServers(sessions, registry, null, directory, credential, () -> auth);
    port =
        servers
            .server()
            .prepare(new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class), null)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  @AfterEach
  void stop() throws Exception {
    registry.shutDown();
    port.close().sync();
    servers.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(port.localAddress(), 5_000);
    socket.setSoTimeout(15_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Reads to the end of the connection. */
  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] read(Socket socket, int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  private static String readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private Publication publish() {
    return registry
        .publish(KEY, Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1"), loops.next(), (code, why) -> {})
        .toCompletableFuture()
        .join();
  }

  private static void feed(Publication publication, Frame... frames) {
    for (Frame frame : frames) {
      publication.frame(frame);
    }
  }

  private static void open(Publication publication) {
    feed(publication, Frames.videoConfig(0), Frames.audioConfig(0), Frames.key(0), Frames.audio(0));
  }

  @Test
  void requestsOfOneConnectionAreAnsweredInTurnEvenWhenSentAhead() throws Exception {
    try (Socket socket = connect()) {
      write(
          socket,
          """
          GET /streams.json HTTP/1.1
          Host: h

          GET /nowhere HTTP/1.1
          Host: h

          OPTIONS /live/x.m3u8 HTTP/1.1
          Host: h

          GET /live/x.m3u8 HTTP/1.1
          Host: h

          HEAD /streams.json HTTP/1.1
          Host: h
          Connection: close

          """);
      String all = readAll(socket);
      assertThat(Pattern.compile("HTTP/1.1 ([0-9]{3})").matcher(all).results().map(r -> r.group(1)))
          .containsExactly("200", "404", "204", "404", "200");
      assertThat(all).contains("access-control-allow-origin: *").contains("\"error\":\"StreamNotFound\"");
    }
  }

  @Test
  void aPlayerOfFlvGetsTheHeaderTheOpeningAndWhatComes() throws Exception {
    Publication publication = publish();
    open(publication);
    try (Socket socket = connect()) {
      write(socket, "GET /live/x.flv HTTP/1.1\nHost: h\n\n");
      assertThat(readHead(socket)).startsWith("HTTP/1.1 200 OK").contains("video/x-flv");
      assertThat(read(socket, 13)).startsWith('F', 'L', 'V', 1, 5);
      // A tag each for both configurations, the keyframe and the sound: body lengths 13, 10, 13, 10.
      assertThat(read(socket, 4 * 15 + 13 + 10 + 13 + 10)).hasSize(106);
      feed(publication, Frames.delta(40));
      byte[] tag = read(socket, 15 + 13);
      assertThat(tag[0]).isEqualTo((byte) 9);
      assertThat(tag[6]).isEqualTo((byte) 40);
    }
    publication.close();
  }

  @Test
  void aPlayerOfWebSocketFlvGetsOneTagAMessageAndItsPingsAnswered() throws Exception {
    Publication publication = publish();
    open(publication);
    try (Socket socket = connect()) {
      write(
          socket,
          """
          GET /live/x.flv HTTP/1.1
          Host: h
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """);
      assertThat(readHead(socket))
          .startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(read(socket, 15)).startsWith(0x82, 13, 'F', 'L', 'V');
      for (int length : new int[] {28, 25, 28, 25}) {
        assertThat(read(socket, 2 + length)).startsWith(0x82, length);
      }
      socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'});
      assertThat(read(socket, 4)).containsExactly(0x8a, 2, 'h', 'i');
      socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      assertThat(read(socket, 2)).containsExactly(0x88, 0);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    publication.close();
  }

  @Test
  void whatNobodyPublishesIsRefusedAfterTheTimeToWait() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /live/x.flv HTTP/1.1\nHost: h\n\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 404").contains("\"code\":1003");
    }
    Await.until("1 ended by STREAM_NOT_FOUND", () -> sessions.ended(ErrorCode.STREAM_NOT_FOUND) == 1);
  }

  @Test
  void hlsIsServedFromThePackagerWithItsCacheRules() throws Exception {
    Publication publication = publish();
    byte[] record = HexFormat.of().parseHex("01640020ffe1000567640020ac01000468ee3cb0");
    Track track = Tracks.of(Codec.H264, record);
    feed(publication, new Frame(track, 0, 0, false, true, Unpooled.wrappedBuffer(record)));
    for (int t = 0; t <= 3000; t += 40) {
      byte[] unit = {0, 0, 0, 2, (byte) (t % 1000 == 0 ? 0x65 : 0x41), (byte) 0x88};
      feed(publication, new Frame(track, t, 0, t % 1000 == 0, false, Unpooled.wrappedBuffer(unit)));
    }
    String segment;
    try (Socket socket = connect()) {
      write(socket, "GET /live/x.m3u8 HTTP/1.1\nHost: h\nConnection: close\n\n");
      String answer = readAll(socket);
      assertThat(answer).contains("application/vnd.apple.mpegurl").contains("#EXTINF:1.000");
      segment = answer.lines().filter(l -> l.endsWith(".ts")).findFirst().orElseThrow();
    }
    try (Socket socket = connect()) {
      write(socket, "GET /live/" + segment + " HTTP/1.1\nHost: h\nConnection: close\n\n");
      assertThat(readAll(socket)).contains("public, max-age=3600, immutable").contains("video/mp2t");
    }
    assertThat(sessions.all()).anyMatch(s -> s.type() == Session.Type.HLS_PLAY);
    publication.close();
  }

  @Test
  void nodesAreServedOnlyWhatIsPublishedHereAndOnlyWithACredential() throws Exception {
    String path = "/live/x.flv";
    String good = NodeCredential.HEADER + ": " + credential.sign("edge-0", path);
    assertThat(answer(path, NodeCredential.HEADER + ": edge-0;1;abc")).startsWith("HTTP/1.1 401");
    assertThat(answer(path, good)).startsWith("HTTP/1.1 421");
    assertThat(answer(path, good + "\n" + NodeCredential.PATH_HEADER + ": edge-0,test-0"))
        .startsWith("HTTP/1.1 421")
        .contains("goes round in a circle");
    assertThat(answer("/live/x.m3u8", NodeCredential.HEADER + ": " + credential.sign("edge-0", "/live/x.m3u8")))
        .startsWith("HTTP/1.1 421");
    Publication publication = publish();
    open(publication);
    try (Socket socket = connect()) {
      write(socket, "GET " + path + " HTTP/1.1\nHost: h\n" + good + "\n\n");
      assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
      assertThat(sessions.all()).anyMatch(s -> s.type() == Session.Type.NODE_PULL);
    }
    publication.close();
  }

  private String answer(String path, String header) throws IOException {
    try (Socket socket = connect()) {
      write(socket, "GET " + path + " HTTP/1.1\nHost: h\nConnection: close\n" + header + "\n\n");
      return readAll(socket);
    }
  }

  @Test
  void whereTokensAreConfiguredPlayersShowOneAndNodesDoNot() throws Exception {
    auth = new AuthSection(List.of(), List.of("s3cret", "other"));
    assertThat(answer("/live/x.flv", "A: b")).startsWith("HTTP/1.1 401").contains("www-authenticate: Bearer");
    assertThat(answer("/live/x.flv?token=wrong", "A: b")).startsWith("HTTP/1.1 401");
    assertThat(answer("/live/x.m3u8", "A: b")).startsWith("HTTP/1.1 401");
    assertThat(answer("/live/x.flv?token=s3cret", "A: b")).as("let in, and not published").startsWith("HTTP/1.1 404");
    assertThat(answer("/live/x.m3u8", "Authorization: Bearer other")).startsWith("HTTP/1.1 404");
    assertThat(answer("/live/x.flv", NodeCredential.HEADER + ": " + credential.sign("edge-0", "/live/x.flv")))
        .startsWith("HTTP/1.1 421");
    assertThat(answer("/", "A: b")).as("the page is open").startsWith("HTTP/1.1 200");
  }

  @Test
  void badInputEndsItsOwnSessionWithACode() throws Exception {
    assertThat(answer("/live/..flv", "A: b")).startsWith("HTTP/1.1 400");
    assertThat(answer("/live/" + "x".repeat(600) + ".flv", "A: b")).startsWith("HTTP/1.1 413");
    assertThat(answer("/live/x.flv", "A: " + "b".repeat(4_000))).startsWith("HTTP/1.1 413");
    try (Socket socket = connect()) {
      write(socket, "\u0016\u0003\u0001 garbage\n\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400");
    }
    try (Socket socket = connect()) {
      assertThat(readAll(socket)).as("nothing was asked").isEmpty();
    }
    Await.until("1 ended by HANDSHAKE_TIMEOUT", () -> sessions.ended(ErrorCode.HANDSHAKE_TIMEOUT) == 1);
    Await.until("2 ended by TOO_LARGE", () -> sessions.ended(ErrorCode.TOO_LARGE) == 2);
    Await.until("1 ended by PROTOCOL_ERROR", () -> sessions.ended(ErrorCode.PROTOCOL_ERROR) == 1);
    Await.until("no session is left", () -> sessions.size() == 0);
  }
}
