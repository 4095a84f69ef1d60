package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import live.sluice.container.amf.AmfNull;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.rtmp.TestServer.Client;
import live.sluice.rtmp.chunk.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {
  private TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private Client publisher(String name) {
    Client client = server.connected("live");
    client.publish(name);
    client.received();
    return client;
  }

  private long ended(ErrorCode code) {
    return server.sessions.ended(code);
  }

  // ---- connecting ----

  @Test
  void connectIsAnsweredWithWindowBandwidthChunkSizeAndSuccess() {
    Client client = server.client();
    client.connect("live", "rtmp://127.0.0.1/live");
    assertThat(client.received())
        .containsExactly("type 5", "type 6", "_result@0 NetConnection.Connect.Success");
  }

  @Test
  void messageStreamsAreNumberedFromOneAndTheirNumbersAreUsedAgain() {
    Client client = server.client();
    client.connect("live", "");
    client.received();
    client.command(0, "createStream", 2, AmfNull.NULL);
    client.command(0, "createStream", 3, AmfNull.NULL);
    client.command(0, "deleteStream", 4, AmfNull.NULL, 1);
    client.command(0, "createStream", 5, AmfNull.NULL);
    assertThat(client.received()).containsExactly("_result@0 1.0", "_result@0 2.0", "_result@0 1.0");
  }

  @Test
  void messageStreamsAreBounded() {
    Client client = server.client();
    client.connect("live", "");
    for (int i = 0; i < 17; i++) {
      client.command(0, "createStream", i, AmfNull.NULL);
    }
    assertThat(ended(ErrorCode.TOO_LARGE)).isOne();
    assertThat(server.server.connections()).isZero();
  }

  @Test
  void aCommandBeforeConnectEndsTheSession() {
    server.client().command(0, "createStream", 2, AmfNull.NULL);
    assertThat(ended(ErrorCode.PROTOCOL_ERROR)).isOne();
  }

  @Test
  void aUrlBeyondTheBoundIsRefused() {
    Client client = server.client();
    client.connect("live", "rtmp://127.0.0.1/live?" + "x".repeat(5_000));
    assertThat(client.received()).containsExactly("_error@0 NetConnection.Connect.Rejected");
    assertThat(ended(ErrorCode.TOO_LARGE)).isOne();
  }

  @Test
  void anUnknownCommandIsAnsweredWithAnError() {
    Client client = server.connected("live");
    client.command(0, "makeCoffee", 9, AmfNull.NULL);
    client.command(0, "makeTea", 0, AmfNull.NULL);
    assertThat(client.received()).containsExactly("_error@0 NetConnection.Call.Failed");
  }

  @Test
  void aCommandBeyondTheBoundEndsTheSession() {
    Client client = server.connected("live");
    Object[] values = {"call", 0, AmfNull.NULL, "x".repeat(60_000), "x".repeat(60_000), "x".repeat(60_000), ""};
    client.command(0, values);
    client.command(0, "call", 0, AmfNull.NULL, Collections.nCopies(40_000, 1));
    assertThat(ended(ErrorCode.TOO_LARGE)).isOne();
  }

  @Test
  void whoAsksAndDoesNotReadIsHeardNoFurtherUntilItDoes() {
    Client client = server.connected("live");
    client.setWritable(false);
    for (int i = 0; i < 10; i++) {
      client.command(0, "getStreamLength", i + 1, AmfNull.NULL, "x");
    }
    assertThat(client.received()).hasSize(1);
    client.setWritable(true);
    assertThat(client.received()).hasSize(9);
  }

  @Test
  void whatSpeaksNoRtmpIsClosedAtOnce() {
    Client client = server.raw();
    client.channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII));
    assertThat(client.channel.isOpen()).isFalse();
    assertThat(ended(ErrorCode.PROTOCOL_ERROR)).isOne();
  }

  @Test
  void halfAHandshakeEndsInTime() {
    Client client = server.raw();
    client.channel.writeInbound(Unpooled.buffer().writeByte(3).writeZero(100));
    server.advance(10_001);
    assertThat(client.channel.isOpen()).isFalse();
    assertThat(ended(ErrorCode.HANDSHAKE_TIMEOUT)).isOne();
  }

  @Test
  void aClientThatDoesNotConnectOrDoesNothingAfterItEndsInTime() {
    server.client();
    server.advance(10_001);
    assertThat(ended(ErrorCode.HANDSHAKE_TIMEOUT)).isOne();
    server.connected("live");
    server.advance(15_001);
    assertThat(ended(ErrorCode.HANDSHAKE_TIMEOUT)).isEqualTo(2);
  }

  @Test
  void connectionsOfOneAddressAreBounded() {
    for (int i = 0; i < 10; i++) {
      server.raw();
    }
    Client refused = server.raw();
    assertThat(refused.channel.isOpen()).isFalse();
    assertThat(ended(ErrorCode.TOO_MANY_CONNECTIONS)).isOne();
  }

  @Test
  void aKickedSessionIsToldAndClosedSoon() {
    Client client = publisher("x");
    Session session = server.sessions.all().iterator().next();
    session.end(ErrorCode.KICKED, "an operator ended it");
    assertThat(client.received()).containsExactly("onStatus@1 NetStream.Publish.Denied");
    server.advance(2_001);
    assertThat(client.channel.isOpen()).isFalse();
    assertThat(ended(ErrorCode.KICKED)).isOne();
  }

  // ---- publishing ----

  @Test
  void anEncoderGetsTheAnswersThatItWaitsFor() {
    Client client = server.client();
    client.connect("live", "");
    client.received();
    client.command(0, "releaseStream", 2, AmfNull.NULL, "x");
    client.command(0, "FCPublish", 3, AmfNull.NULL, "x");
    client.command(0, "createStream", 4, AmfNull.NULL);
    client.publish("x");
    assertThat(client.received())
        .containsExactly(
            "_result@0 UNDEFINED",
            "onFCPublish@0 NetStream.Publish.Start",
            "_result@0 UNDEFINED",
            "_result@0 1.0",
            "control 0 1",
            "onStatus@1 NetStream.Publish.Start");
    assertThat(server.registry.find(StreamKey.of("live", "x")).source()).isNotNull();
    client.command(0, "FCUnpublish", 5, AmfNull.NULL, "x");
    client.command(0, "deleteStream", 6, AmfNull.NULL, 1);
    assertThat(client.received())
        .containsExactly(
            "onStatus@1 NetStream.Unpublish.Success",
            "onFCUnpublish@0 NetStream.Unpublish.Success",
            "_result@0 UNDEFINED");
    assertThat(server.directory.lookup(StreamKey.of("live", "x"))).isNull();
  }

  @Test
  void aNameThatIsLiveIsRefused() {
    publisher("x");
    Client second = server.connected("live");
    second.publish("x");
    assertThat(second.received()).containsExactly("onStatus@1 NetStream.Publish.BadName");
    assertThat(ended(ErrorCode.STREAM_BUSY)).isOne();
    assertThat(server.server.connections()).isOne();
  }

  @Test
  void aNameThatIsNoNameIsRefused() {
    Client client = server.connected("live");
    client.publish("../x");
    assertThat(client.received()).contains("onStatus@1 NetStream.Publish.BadName");
    assertThat(ended(ErrorCode.STREAM_NAME_INVALID)).isOne();
  }

  @Test
  void theVirtualHostIsThatOfTheUrlWhereItIsKnown() {
    Client client = server.client();
    client.connect("live", "rtmp://tv.example.com:1935/live");
    client.command(0, "createStream", 2, AmfNull.NULL);
    client.publish("x?token=secret");
    assertThat(server.directory.lookup(new StreamKey("tv.example.com", "live", "x"))).isNotNull();
  }

  @Test
  void aPublisherThatGoesAwayEndsItsPublish() {
    Client client = publisher("x");
    client.channel.close();
    server.run();
    assertThat(server.directory.lookup(StreamKey.of("live", "x"))).isNull();
    assertThat(ended(ErrorCode.OK)).isOne();
  }

  @Test
  void aPublisherThatSendsNothingIsToldAndEnded() {
    Client client = publisher("x");
    server.advance(20_000);
    assertThat(client.received()).containsExactly("onStatus@1 NetStream.Publish.Idle");
    assertThat(ended(ErrorCode.PUBLISH_IDLE)).isOne();
  }

  @Test
  void whatIsSentBeforeTheGateHasDecidedIsNotLost() {
    server.close();
    CompletableFuture<PublishTarget> decision = new CompletableFuture<>();
    StringBuilder frames = new StringBuilder();
    PublishTarget target =
        new PublishTarget() {
          @Override
          public void frame(Frame frame) {
            frames.append(frame.kind().name().charAt(0)).append(frame.dts()).append(' ');
            frame.release();
          }

          @Override
          public void close() {
            frames.append("closed");
          }
        };
    server = new TestServer(RtmpServerSettings.defaults(), (request, owner) -> decision);
    Client client = server.connected("live");
    client.publish("x");
    client.keyframe(10);
    client.sound(12);
    assertThat(client.received()).isEmpty();
    decision.complete(target);
    assertThat(client.received()).containsExactly("control 0 1", "onStatus@1 NetStream.Publish.Start");
    client.sound(35);
    client.channel.close();
    server.run();
    assertThat(frames.toString()).isEqualTo("V10 A12 A35 closed");
  }

  @Test
  void aSmallFrameDoesNotKeepALargeMessageAlive() {
    server.close();
    List<Integer> held = new ArrayList<>();
    PublishTarget target =
        new PublishTarget() {
          @Override
          public void frame(Frame frame) {
            ByteBuf root = frame.payload();
            while (root.unwrap() != null) {
              root = root.unwrap();
            }
            held.add(frame.payload().unwrap() == null ? root.capacity() : -1);
            held.add(frame.size());
            frame.release();
          }

          @Override
          public void close() {}
        };
    server =
        new TestServer(RtmpServerSettings.defaults(), (request, owner) -> CompletableFuture.completedFuture(target));
    Client client = server.connected("live");
    client.publish("x");
    // Two tracks of AV1, the second one large: 0x96 multitrack, many tracks of one codec, coded frames.
    int[] body = new int[5 + 5 + 3 + 4 + 50_000];
    int[] head = {0x96, 0x11, 'a', 'v', '0', '1', 0, 0, 0, 3, 1, 2, 3, 1, 0, 0xc3, 0x50};
    System.arraycopy(head, 0, body, 0, head.length);
    client.media(MessageType.VIDEO, 0, body);
    assertThat(held).hasSize(2).element(1).isEqualTo(3);
    assertThat(held.getFirst()).isLessThan(1024);
  }

  @Test
  void aDefectInTheGateEndsThatSessionAlone() {
    server.close();
    server =
        new TestServer(
            RtmpServerSettings.defaults(),
            (request, owner) -> {
              throw new IllegalStateException("a defect");
            });
    Client other = server.connected("live");
    Client client = server.connected("live");
    client.publish("x");
    assertThat(client.received()).containsExactly("onStatus@1 NetStream.Publish.Rejected");
    assertThat(ended(ErrorCode.INTERNAL)).isOne();
    assertThat(other.channel.isOpen()).isTrue();
  }

  // ---- playing ----

  private static final String[] OPENING = {
    "control 0 1",
    "onStatus@1 NetStream.Play.Reset",
    "onStatus@1 NetStream.Play.Start",
    "data |RtmpSampleAccess"
  };

  @Test
  void aPlayerGetsTheOpeningTheConfigurationsAndTheFramesFromTheLastKeyframeOn() {
    Client publisher = publisher("x");
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
    Client publisher = publisher("x");
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
    assertThat(ended(ErrorCode.STREAM_NOT_FOUND)).isOne();
  }

  @Test
  void onlyAudioLeavesThePicturesOut() {
    Client publisher = publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x?onlyaudio");
    assertThat(player.received()).endsWith("a10").doesNotContain("v0");
  }

  @Test
  void aPausedPlayerGetsNothingAndGoesOnAtAKeyframe() {
    Client publisher = publisher("x");
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
    Client publisher = publisher("x");
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
    Client publisher = publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.command(0, "createStream", 3, AmfNull.NULL);
    player.command(2, "play", 4, AmfNull.NULL, "x");
    assertThat(player.received()).contains("onStatus@2 NetStream.Play.Start").endsWith("v0", "a10");
  }

  @Test
  void stoppingAPlayLeavesTheConnectionForAnother() {
    Client publisher = publisher("x");
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
    Client publisher = publisher("x");
    publisher.keyframe(0);
    publisher.sound(10);
    Client player = server.connected("live");
    player.play("x");
    player.command(1, "pause", 0, AmfNull.NULL, true, 0);
    for (long ms = 0; ms <= Duration.ofMinutes(10).toMillis(); ms += 10_000) {
      publisher.sound((int) ms + 20);
      server.advance(10_000);
    }
    assertThat(ended(ErrorCode.PLAYER_STUCK)).isOne();
  }

  @Test
  void aPlayerThatSwitchesSoundAndPictureOffWithoutEndIsEnded() {
    Client publisher = publisher("x");
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
    assertThat(ended(ErrorCode.PLAYER_STUCK)).isOne();
  }
}
