package live.sluice.rtmp;

import static live.sluice.rtmp.Clip.VIDEO;
import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How a client hears that there is nothing to play, or that its publish is over. */
class ClientEndsTest {
  @AutoClose
  private final Loopback server = new Loopback();

  @Test
  void aNameThatIsLiveIsRefusedWithItsCode() {
    PublishTarget first = server.publish("live/x");
    assertThatThrownBy(() -> server.publish("live/x"))
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.STREAM_BUSY))
        .hasMessageContaining("NetStream.Publish.BadName");
    first.close();
  }

  @Test
  void aPublishThatTheServerEndsIsToldToItsOwner() {
    AtomicReference<ErrorCode> ended = new AtomicReference<>();
    server.publish("live/x", (code, why) -> ended.set(code));
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
  void configurationsThatTheServerDoesNotTakeEndThePublishBeforeTheyPileUp() throws Exception {
    try (MuteServer mute = new MuteServer()) {
      RtmpClientSettings settings =
          new RtmpClientSettings(Duration.ofSeconds(20), Duration.ofSeconds(60), 16 << 20, 1 << 20, false);
      CompletableFuture<String> ended = new CompletableFuture<>();
      PublishTarget target =
          mute.publish(server.client(settings), server.loops.next(), (code, why) -> ended.complete(why));
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
  }

  @Test
  void aPublishToAServerThatVanishedEnds() throws Exception {
    try (MuteServer mute = new MuteServer()) {
      RtmpClientSettings settings =
          new RtmpClientSettings(Duration.ofSeconds(20), Duration.ofMillis(300), 1 << 20, 1 << 20, false);
      CompletableFuture<ErrorCode> ended = new CompletableFuture<>();
      mute.publish(server.client(settings), server.loops.next(), (code, why) -> ended.complete(code));
      assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ErrorCode.CONNECTION_LOST);
    }
  }

  @Test
  void aPublishThatSendsNothingGoesOnWhileTheServerAnswersPings() {
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
}
