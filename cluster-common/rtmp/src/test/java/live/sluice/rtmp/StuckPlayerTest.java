package live.sluice.rtmp;

import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.sluice.container.amf.AmfNull;
import live.sluice.container.amf.AmfObject;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.rtmp.command.Command;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A player that takes nothing, over a socket. */
class StuckPlayerTest {
  @AutoClose
  private final Loopback server = new Loopback(impatient(), null, null, null);

  @Test
  void aPlayerThatNeverReadsLosesPicturesAndThenItsSessionAndNobodyElseNotices() throws Exception {
    Recorder other = server.play("live/x");
    server.awaitReaders("x", 1);
    PublishTarget target = server.publish("live/x");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(16 << 10);
      socket.connect(server.address);
      socket.getOutputStream().write(playRequest("x"));
      server.awaitReaders("x", 2);
      List<String> sent = new ArrayList<>();
      long dts = 0;
      while (server.sessions.ended(ErrorCode.PLAYER_STUCK) == 0) {
        sent.addAll(Clip.send(target, dts));
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
}
