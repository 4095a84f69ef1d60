package live.sluice.rtmp;

import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaSettings;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.Track;
import live.sluice.rtmp.command.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAndClientTest {
  private static final Track VIDEO = Track.bare(Codec.H264);
  private static final Track AUDIO = Track.bare(Codec.AAC);

  private final List<AutoCloseable> closing = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : closing.reversed()) {
      each.close();
    }
  }

  private Loopback loopback() {
    return keep(new Loopback(null, null, null));
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    closing.add(closeable);
    return closeable;
  }

  private static PublishTarget publish(Loopback server, String path, PublishTarget.Owner owner) {
    return server
        .client(RtmpClientSettings.defaults())
        .publish(server.url(path), server.loops.next(), Loopback.session(), owner)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static PublishTarget publish(Loopback server, String path) {
    return publish(server, path, (code, why) -> {});
  }

  private Recorder play(Loopback server, String path) {
    Recorder recorder = new Recorder();
    RtmpPlay play =
        server
            .client(RtmpClientSettings.defaults())
            .play(server.url(path), server.loops.next(), Loopback.session(), recorder);
    closing.add(play::close);
    return recorder;
  }

  private static void awaitReaders(Loopback server, String name, int count) {
    await(
        () -> {
          Stream stream = server.registry.find(StreamKey.of("live", name));
          return stream != null && stream.readerCount() == count;
        });
  }

  /** Sends a frame on the target's loop. */
  private static String send(PublishTarget target, Frame frame) {
    String text = Recorder.text(frame);
    EventLoop loop = ((ClientPublish) target).loop();
    loop.execute(() -> target.frame(frame));
    return text;
  }

  private static Frame frame(Track track, long dts, long offset, boolean key, int length) {
    byte[] payload = new byte[length];
    new Random(dts).nextBytes(payload);
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(payload);
    return new Frame(track, dts, offset, key, false, body);
  }

  /** Ten groups of pictures with sound between, some of them larger than a chunk. */
  private static List<String> sendClip(PublishTarget target, long start) {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boolean key = i % 10 == 0;
      sent.add(send(target, frame(VIDEO, start + i * 40L, 80, key, key ? 200_000 : 3_000)));
      sent.add(send(target, frame(AUDIO, start + i * 40L + 20, 0, true, 300)));
    }
    return sent;
  }

  private static void assertPlayed(Recorder recorder, List<String> sent) {
    await(() -> recorder.ended != null || (!recorder.frames.isEmpty() && recorder.frames.contains(sent.getLast())));
    int from = sent.indexOf(recorder.frames.getFirst());
    assertThat(from).as(recorder.why).isNotNegative();
    assertThat(recorder.frames).isEqualTo(sent.subList(from, sent.size()));
  }

  @Test
  void whatIsPublishedIsPlayedByteForByteByPlayersOfEveryLoop() {
    Loopback server = loopback();
    List<Recorder> players = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      players.add(play(server, "live/x"));
    }
    awaitReaders(server, "x", 6);
    PublishTarget target = publish(server, "live/x");
    List<String> sent = sendClip(target, 5);
    for (Recorder player : players) {
      assertPlayed(player, sent);
      assertThat(player.frames).hasSameSizeAs(sent);
    }
    assertPlayed(play(server, "live/x"), sent);
    target.close();
    await(() -> server.directory.lookup(StreamKey.of("live", "x")) == null);
  }

  @Test
  void timestampsGoOnThroughExtendedOnesAndThroughTheWrap() {
    Loopback server = loopback();
    for (long start : new long[] {0xffffff - 1_000, 0xffff_ffffL - 1_000}) {
      String path = "live/x" + start;
      Recorder player = play(server, path);
      awaitReaders(server, "x" + start, 1);
      PublishTarget target = publish(server, path);
      assertPlayed(player, sendClip(target, start));
      target.close();
    }
  }

  @Test
  void aNameThatIsLiveIsRefusedWithItsCode() {
    Loopback server = loopback();
    PublishTarget first = publish(server, "live/x");
    assertThatThrownBy(() -> publish(server, "live/x"))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.STREAM_BUSY))
        .hasMessageContaining("NetStream.Publish.BadName");
    first.close();
  }

  @Test
  void aPublishThatTheServerEndsIsToldToItsOwner() {
    Loopback server = loopback();
    AtomicReference<ErrorCode> ended = new AtomicReference<>();
    publish(server, "live/x", (code, why) -> ended.set(code));
    for (Session session : server.sessions.all()) {
      session.end(ErrorCode.KICKED, "an operator ended it");
    }
    await(() -> ended.get() != null);
    assertThat(ended.get()).isEqualTo(ErrorCode.KICKED);
  }

  @Test
  void aServerThatIsNotThereIsToldToThePlayer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Loopback server = loopback();
    Recorder recorder = new Recorder();
    server
        .client(RtmpClientSettings.defaults())
        .play(RtmpUrl.parse("rtmp://127.0.0.1:" + port + "/a/x"), server.loops.next(), null, recorder);
    await(() -> recorder.ended != null);
    assertThat(recorder.ended).isEqualTo(ErrorCode.UPSTREAM_FAILED);
    assertThat(recorder.why).contains("can't connect to 127.0.0.1:" + port);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    Loopback server = loopback();
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      RtmpClientSettings impatient =
          new RtmpClientSettings(Duration.ofMillis(200), Duration.ofSeconds(10), 1 << 20, 1 << 20, true);
      Recorder recorder = new Recorder();
      server
          .client(impatient)
          .play(RtmpUrl.parse("rtmp://127.0.0.1:" + mute.getLocalPort() + "/a/x"), server.loops.next(), null, recorder);
      await(() -> recorder.ended != null);
      assertThat(recorder.ended).isIn(ErrorCode.UPSTREAM_FAILED, ErrorCode.HANDSHAKE_TIMEOUT);
    }
  }

  @Test
  void anEdgePassesAPublishOnAndItsRefusalBack() {
    Loopback origin = loopback();
    Loopback edge =
        keep(
            new Loopback(
                (request, owner) ->
                    origin
                        .client(RtmpClientSettings.defaults())
                        .publish(
                            origin.url(request.key().app() + "/" + request.key().name()),
                            request.loop(),
                            null,
                            owner),
                null,
                null));
    Recorder player = play(origin, "live/x");
    PublishTarget target = publish(edge, "live/x");
    assertPlayed(player, sendClip(target, 0));
    assertThatThrownBy(() -> publish(edge, "live/x"))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.STREAM_BUSY))
        .hasMessageContaining("somebody publishes it already");
    target.close();
    await(() -> origin.directory.lookup(StreamKey.of("live", "x")) == null);
  }

  @Test
  void aSequenceHeaderBeyondAllMeasureEndsThePublish() {
    Loopback server = loopback();
    CompletableFuture<ErrorCode> ended = new CompletableFuture<>();
    PublishTarget target = publish(server, "live/x", (code, why) -> ended.complete(code));
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(5_000_000).writeZero(5_000_000);
    Frame monster = new Frame(VIDEO, 0, 0, true, true, body);
    ((ClientPublish) target).loop().execute(() -> target.frame(monster));
    assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ErrorCode.TOO_LARGE);
    await(() -> server.sessions.ended(ErrorCode.TOO_LARGE) == 1);
  }

  @Test
  void configurationsThatTheServerDoesNotTakeEndThePublishBeforeTheyPileUp() throws Exception {
    Loopback loops = loopback();
    MuteServer mute = keep(new MuteServer());
    RtmpClientSettings settings =
        new RtmpClientSettings(Duration.ofSeconds(20), Duration.ofSeconds(60), 16 << 20, 1 << 20, false);
    CompletableFuture<String> ended = new CompletableFuture<>();
    PublishTarget target = mute.publish(loops.client(settings), loops.loops.next(), (code, why) -> ended.complete(why));
    EventLoop loop = ((ClientPublish) target).loop();
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    loop.execute(
        () -> {
          int count = 0;
          while (!ended.isDone() && count < 1_000) {
            ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(100_000).writeZero(100_000);
            target.frame(new Frame(VIDEO, count++, 0, true, true, body));
          }
          sent.complete(count);
        });
    assertThat(sent.orTimeout(20, TimeUnit.SECONDS).join()).isLessThan(1_000);
    assertThat(ended.join()).contains("configuration");
  }

  @Test
  void aPublishToAServerThatVanishedEnds() throws Exception {
    Loopback loops = loopback();
    MuteServer mute = keep(new MuteServer());
    RtmpClientSettings settings =
        new RtmpClientSettings(Duration.ofSeconds(20), Duration.ofMillis(300), 1 << 20, 1 << 20, false);
    CompletableFuture<ErrorCode> ended = new CompletableFuture<>();
    mute.publish(loops.client(settings), loops.loops.next(), (code, why) -> ended.complete(code));
    assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ErrorCode.CONNECTION_LOST);
  }

  @Test
  void aPublishThatSendsNothingGoesOnWhileTheServerAnswersPings() {
    Loopback server = loopback();
    RtmpClientSettings settings =
        new RtmpClientSettings(Duration.ofSeconds(20), Duration.ofSeconds(1), 1 << 20, 1 << 20, false);
    CompletableFuture<ErrorCode> ended = new CompletableFuture<>();
    Session session = Loopback.session();
    server
        .client(settings)
        .publish(server.url("live/x"), server.loops.next(), session, (code, why) -> ended.complete(code))
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    long before = session.receivedBytes();
    // Six answers of 18 bytes: two idle times.
    await(() -> ended.isDone() || session.receivedBytes() >= before + 6 * 18);
    assertThat(ended).isNotDone();
  }

  @Test
  void aPlayerThatNeverReadsLosesPicturesAndThenItsSessionAndNobodyElseNotices() throws Exception {
    Loopback server = keep(new Loopback(impatient(), null, null, null));
    Recorder other = play(server, "live/x");
    awaitReaders(server, "x", 1);
    PublishTarget target = publish(server, "live/x");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(16 << 10);
      socket.connect(server.address);
      socket.getOutputStream().write(playRequest("x"));
      awaitReaders(server, "x", 2);
      List<String> sent = new ArrayList<>();
      long dts = 0;
      while (server.sessions.ended(ErrorCode.PLAYER_STUCK) == 0) {
        sent.addAll(sendClip(target, dts));
        dts += 4_000;
        await(() -> other.frames.contains(sent.getLast()) || other.ended != null);
      }
      assertThat(other.ended).isNull();
      assertThat(other.frames).isEqualTo(sent);
    }
    target.close();
  }

  private static MediaSettings impatient() {
    MediaSettings d = MediaSettings.defaults();
    return new MediaSettings(
        d.gopBytes(),
        d.gopFrames(),
        Duration.ofSeconds(60),
        2 << 20,
        Duration.ofSeconds(1),
        d.playerWait(),
        d.playerKeep(),
        d.pullLinger(),
        d.publishIdle(),
        d.memoryBudget(),
        d.takeOver());
  }

  /** Handshake and commands at once, as nobody should send them, but may. */
  private static byte[] playRequest(String name) {
    ByteBuf out = Unpooled.buffer().writeByte(3).writeZero(2 * 1536);
    for (Object[] values :
        new Object[][] {
          {0, "connect", 1, AmfObject.object().put("app", "live")},
          {0, "createStream", 2, AmfNull.NULL},
          {1, "play", 3, AmfNull.NULL, name},
        }) {
      ByteBuf command =
          Command.write(
              ByteBufAllocator.DEFAULT, 128, (int) values[0], Arrays.copyOfRange(values, 1, values.length));
      out.writeBytes(command);
      command.release();
    }
    return ByteBufUtil.getBytes(out);
  }

  @Test
  void whatSpeaksHttpToTheRtmpPortIsClosed() throws Exception {
    Loopback server = loopback();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await(() -> server.sessions.ended(ErrorCode.PROTOCOL_ERROR) == 1);
  }

  @Test
  void rtmpsWorksAsRtmpDoes(@TempDir Path directory) throws Exception {
    SslContext clientTls =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    Loopback server = keep(new Loopback(null, serverTls(directory), clientTls));
    Recorder player = play(server, "live/x");
    PublishTarget target = publish(server, "live/x");
    assertPlayed(player, sendClip(target, 0));
    target.close();
  }

  /** A key of our own, made by the JDK's tool. */
  private static SslContext serverTls(Path directory) throws Exception {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost",
                "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                "-storepass", "changeit", "-keystore", store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    return SslContextBuilder.forServer(managers).build();
  }
}
