package live.sluice.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import live.sluice.container.amf.AmfNull;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.rtmp.TestServer.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connecting, what a connection may cost, and its end. */
class ServerConnectionTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

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
    assertThat(server.ended(ErrorCode.TOO_LARGE)).isOne();
    assertThat(server.server.connections()).isZero();
  }

  @Test
  void aCommandBeforeConnectEndsTheSession() {
    server.client().command(0, "createStream", 2, AmfNull.NULL);
    assertThat(server.ended(ErrorCode.PROTOCOL_ERROR)).isOne();
  }

  @Test
  void aUrlBeyondTheBoundIsRefused() {
    Client client = server.client();
    client.connect("live", "rtmp://127.0.0.1/live?" + "x".repeat(5_000));
    assertThat(client.received()).containsExactly("_error@0 NetConnection.Connect.Rejected");
    assertThat(server.ended(ErrorCode.TOO_LARGE)).isOne();
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
    assertThat(server.ended(ErrorCode.TOO_LARGE)).isOne();
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
    assertThat(server.ended(ErrorCode.PROTOCOL_ERROR)).isOne();
  }

  @Test
  void halfAHandshakeEndsInTime() {
    Client client = server.raw();
    client.channel.writeInbound(Unpooled.buffer().writeByte(3).writeZero(100));
    server.advance(10_001);
    assertThat(client.channel.isOpen()).isFalse();
    assertThat(server.ended(ErrorCode.HANDSHAKE_TIMEOUT)).isOne();
  }

  @Test
  void aClientThatDoesNotConnectOrDoesNothingAfterItEndsInTime() {
    server.client();
    server.advance(10_001);
    assertThat(server.ended(ErrorCode.HANDSHAKE_TIMEOUT)).isOne();
    server.connected("live");
    server.advance(15_001);
    assertThat(server.ended(ErrorCode.HANDSHAKE_TIMEOUT)).isEqualTo(2);
  }

  @Test
  void connectionsOfOneAddressAreBounded() {
    for (int i = 0; i < 10; i++) {
      server.raw();
    }
    Client refused = server.raw();
    assertThat(refused.channel.isOpen()).isFalse();
    assertThat(server.ended(ErrorCode.TOO_MANY_CONNECTIONS)).isOne();
  }

  @Test
  void aKickedSessionIsToldAndClosedSoon() {
    Client client = server.publisher("x");
    Session session = server.sessions.all().iterator().next();
    session.end(ErrorCode.KICKED, "an operator ended it");
    assertThat(client.received()).containsExactly("onStatus@1 NetStream.Publish.Denied");
    server.advance(2_001);
    assertThat(client.channel.isOpen()).isFalse();
    assertThat(server.ended(ErrorCode.KICKED)).isOne();
  }
}
