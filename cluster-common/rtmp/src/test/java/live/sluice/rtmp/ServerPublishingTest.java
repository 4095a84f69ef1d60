package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import live.sluice.container.amf.AmfNull;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.StreamKey;
import live.sluice.rtmp.TestServer.Client;
import live.sluice.rtmp.chunk.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishing to a server. */
class ServerPublishingTest {
  private TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

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
    server.publisher("x");
    Client second = server.connected("live");
    second.publish("x");
    assertThat(second.received()).containsExactly("onStatus@1 NetStream.Publish.BadName");
    assertThat(server.ended(ErrorCode.STREAM_BUSY)).isOne();
    assertThat(server.server.connections()).isOne();
  }

  @Test
  void aNameThatIsNoNameIsRefused() {
    Client client = server.connected("live");
    client.publish("../x");
    assertThat(client.received()).contains("onStatus@1 NetStream.Publish.BadName");
    assertThat(server.ended(ErrorCode.STREAM_NAME_INVALID)).isOne();
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
    Client client = server.publisher("x");
    client.channel.close();
    server.run();
    assertThat(server.directory.lookup(StreamKey.of("live", "x"))).isNull();
    assertThat(server.ended(ErrorCode.OK)).isOne();
  }

  @Test
  void aPublisherThatSendsNothingIsToldAndEnded() {
    Client client = server.publisher("x");
    server.advance(20_000);
    assertThat(client.received()).containsExactly("onStatus@1 NetStream.Publish.Idle");
    assertThat(server.ended(ErrorCode.PUBLISH_IDLE)).isOne();
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
    assertThat(server.ended(ErrorCode.INTERNAL)).isOne();
    assertThat(other.channel.isOpen()).isTrue();
  }
}
