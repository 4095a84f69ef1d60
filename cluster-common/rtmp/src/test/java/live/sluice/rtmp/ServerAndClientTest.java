package live.sluice.rtmp;

import static live.sluice.rtmp.Clip.assertPlayed;
import static live.sluice.rtmp.Loopback.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is published over sockets arrives as it was sent. */
class ServerAndClientTest {
  @AutoClose
  private final Loopback server = new Loopback();

  @Test
  void whatIsPublishedIsPlayedByteForByteByPlayersOfEveryLoop() {
    List<Recorder> players = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      players.add(server.play("live/x"));
    }
    server.awaitReaders("x", 6);
    PublishTarget target = server.publish("live/x");
    List<String> sent = Clip.send(target, 5);
    for (Recorder player : players) {
      assertPlayed(player, sent);
      assertThat(player.frames).hasSameSizeAs(sent);
    }
    assertPlayed(server.play("live/x"), sent);
    target.close();
    await(() -> server.directory.lookup(StreamKey.of("live", "x")) == null);
  }

  @Test
  void timestampsGoOnThroughExtendedOnesAndThroughTheWrap() {
    for (long start : new long[] {0xffffff - 1_000, 0xffff_ffffL - 1_000}) {
      String path = "live/x" + start;
      Recorder player = server.play(path);
      server.awaitReaders("x" + start, 1);
      PublishTarget target = server.publish(path);
      assertPlayed(player, Clip.send(target, start));
      target.close();
    }
  }

  @Test
  void anEdgePassesAPublishOnAndItsRefusalBack() {
    PublishGate toOrigin =
        (request, owner) ->
            server
                .client(RtmpClientSettings.defaults())
                .publish(
                    server.url(request.key().app() + "/" + request.key().name()), request.loop(), null, owner);
    Recorder player = server.play("live/x");
    try (Loopback edge = new Loopback(toOrigin, null, null)) {
      PublishTarget target = edge.publish("live/x");
      assertPlayed(player, Clip.send(target, 0));
      assertThatThrownBy(() -> edge.publish("live/x"))
          .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.STREAM_BUSY))
          .hasMessageContaining("somebody publishes it already");
      target.close();
      await(() -> server.directory.lookup(StreamKey.of("live", "x")) == null);
    }
  }
}
