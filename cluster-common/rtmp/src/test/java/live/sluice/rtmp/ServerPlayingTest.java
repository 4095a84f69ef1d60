package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import live.sluice.container.amf.AmfNull;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.rtmp.TestServer.Client;
import live.sluice.rtmp.chunk.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Playing from a server. */
class ServerPlayingTest {
  private static final String[] OPENING = {
    "control 0 1",
    "onStatus@1 NetStream.Play.Reset",
    "onStatus@1 NetStream.Play.Start",
    "data |RtmpSampleAccess"
  };

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aPlayerGetsTheOpeningTheConfigurationsAndTheFramesFromTheLastKeyframeOn() {
    Client publisher = server.publisher("x");
    publisher.media(MessageType.VIDEO, 0, 0x17, 0, 0, 0, 0, 1, 100, 0, 30, 0xff, 0xe0, 0);
    publisher.media(MessageType.AUDIO, 0, 0xaf, 0, 0x12, 0x10);
    publisher.keyframe(1000);
    publisher.sound(1010);
    publisher.delta(1040);
    Client player = server.connected("live");
    player.play("x");
    assertThat(player.received())
        .startsWith(OPENING)
        .endsWith("v0", "a0", "v1000", "a1010", "v1040")
        .hasSize(OPENING.length + 5);
    publisher.delta(1080);
    assertThat(player.received()).containsExactly("v1080");
  }

  @Test
  void aPlayerMayComeBeforeThePublisher() {
    Client player = server.connected("live");
    player.play("x");
    assertThat(player.received()).isEmpty();
    server.advance(5_000);
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    assertThat(player.received()).startsWith(OPENING).endsWith("v0", "a10");
  }

  @Test
  void aPlayerWhosePublisherDoesNotComeIsRefused() {
    Client player = server.connected("live");
    player.play("x");
    server.advance(10_300);
    server.advance(300);
    assertThat(player.received()).containsExactly("onStatus@1 NetStream.Play.StreamNotFound", "control 1 1");
    assertThat(server.ended(ErrorCode.STREAM_NOT_FOUND)).isOne();
  }

  @Test
  void onlyAudioLeavesThePicturesOut() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x?onlyaudio");
    assertThat(player.received()).endsWith("a10").doesNotContain("v0");
  }

  @Test
  void aPausedPlayerGetsNothingAndGoesOnAtAKeyframe() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.received();
    player.command(1, "pause", 0, AmfNull.NULL, true, 0);
    publisher.delta(40);
    assertThat(player.received()).containsExactly("control 1 1", "onStatus@1 NetStream.Pause.Notify");
    publisher.keyframe(80);
    publisher.delta(120);
    player.command(1, "pause", 0, AmfNull.NULL, false, 0);
    assertThat(player.received()).containsExactly("control 0 1", "onStatus@1 NetStream.Unpause.Notify", "v80", "v120");
  }

  @Test
  void receiveVideoSwitchesThePicturesOff() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.received();
    player.command(1, "receiveVideo", 0, AmfNull.NULL, false);
    player.received();
    publisher.delta(40);
    publisher.sound(50);
    assertThat(player.received()).containsExactly("a50");
  }

  @Test
  void seekAndGetStreamLengthAreAnswered() {
    Client player = server.connected("live");
    player.command(0, "getStreamLength", 7, AmfNull.NULL, "x");
    player.command(1, "seek", 0, AmfNull.NULL, 1000);
    assertThat(player.received())
        .containsExactly("_result@0 0.0", "onStatus@1 NetStream.Seek.Notify", "onStatus@1 NetStream.Play.Start");
  }

  @Test
  void aSecondMessageStreamGetsItsOwnNumberInEachMessage() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.command(0, "createStream", 3, AmfNull.NULL);
    player.command(2, "play", 4, AmfNull.NULL, "x");
    assertThat(player.received()).contains("onStatus@2 NetStream.Play.Start").endsWith("v0", "a10");
  }

  @Test
  void stoppingAPlayLeavesTheConnectionForAnother() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.received();
    player.command(1, "closeStream", 0, AmfNull.NULL);
    assertThat(player.received()).containsExactly("onStatus@1 NetStream.Play.Stop");
    player.play("x");
    assertThat(player.received()).endsWith("v0", "a10");
  }

  @Test
  void aPlayerThatPausesWithoutEndIsEnded() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.command(1, "pause", 0, AmfNull.NULL, true, 0);
    for (long ms = 0; ms <= Duration.ofMinutes(10).toMillis(); ms += 10_000) {
      publisher.sound((int) ms + 20);
      server.advance(10_000);
    }
    assertThat(server.ended(ErrorCode.PLAYER_STUCK)).isOne();
  }

  @Test
  void aPlayerThatSwitchesSoundAndPictureOffWithoutEndIsEnded() {
    Client publisher = server.publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.command(1, "receiveVideo", 0, AmfNull.NULL, false);
    player.command(1, "receiveAudio", 0, AmfNull.NULL, false);
    for (long ms = 0; ms <= Duration.ofMinutes(10).toMillis(); ms += 10_000) {
      publisher.sound((int) ms + 20);
      server.advance(10_000);
    }
    assertThat(server.ended(ErrorCode.PLAYER_STUCK)).isOne();
  }

  @Test
  void whoMayNotPlayIsToldSoAndLeavesNoReader() {
    server.playGate =
        (key, param) -> {
          if (!param.equals("token=good")) {
            throw new SluiceException(ErrorCode.UNAUTHORIZED, "a token to play is wrong");
          }
        };
    Client refused = server.connected("live");
    refused.play("x?token=bad");
    assertThat(refused.received()).containsExactly("onStatus@1 NetStream.Play.Failed");
    assertThat(server.ended(ErrorCode.UNAUTHORIZED)).isOne();
    assertThat(server.registry.streams()).isEmpty();
    Client taken = server.connected("live");
    taken.play("x?token=good");
    assertThat(server.registry.streams()).hasSize(1);
  }
}
