package live.sluice.rtmp;

import static live.sluice.rtmp.Clip.VIDEO;
import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a server bears, over sockets, of those that send what nobody should. */
class UnrulyPeersTest {
  @AutoClose
  private final Loopback server = new Loopback();

  @Test
  void aSequenceHeaderBeyondAllMeasureEndsThePublish() {
    CompletableFuture<ErrorCode> ended = new CompletableFuture<>();
    PublishTarget target = server.publish("live/x", (code, why) -> ended.complete(code));
    ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(5_000_000).writeZero(5_000_000);
    Frame monster = new Frame(VIDEO, 0, 0, true, true, body);
    ((ClientPublish) target).loop().execute(() -> target.frame(monster));
    assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ErrorCode.TOO_LARGE);
    await(() -> server.sessions.ended(ErrorCode.TOO_LARGE) == 1);
  }

  @Test
  void whatSpeaksHttpToTheRtmpPortIsClosed() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await(() -> server.sessions.ended(ErrorCode.PROTOCOL_ERROR) == 1);
  }
}
