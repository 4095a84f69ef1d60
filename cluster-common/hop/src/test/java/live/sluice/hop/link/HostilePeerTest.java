package live.sluice.hop.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import live.sluice.hop.control.ControlCodec;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.transport.ConnectionEvents;
import live.sluice.hop.transport.HopConnection;
import live.sluice.hop.transport.InStream;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.NodeInfo;
import org.junit.jupiter.api.Test;

/** What the other node may say, rightly or not, and this one bears: one of a later version, and one that is broken. */
class HostilePeerTest extends LinkFixture {
  private final TestNode a = node("a", "eu");
  private final NodeInfo peer = new NodeInfo("z", 1, NodeInfo.Role.EDGE, "eu", "127.0.0.1", 1, 2, 3, 4);
  private final List<ControlMessage> said = new ArrayList<>();
  private boolean closed;
  private HopConnection connection;

  private void dial() {
    new MemoryTransport(network, "")
        .connect(InetSocketAddress.createUnresolved("127.0.0.1", a.self.hopPort()), made -> new Peer())
        .thenAccept(made -> connection = made);
    world.run(10);
  }

  private Link greet() {
    dial();
    say(new ControlMessage.Hello(peer, 1, false));
    // It answers pings, and else says only what the test wants.
    return a.links.find("z");
  }

  private void say(ControlMessage message) {
    connection.control(ControlCodec.bytes(message));
    world.run(10);
  }

  private final class Peer implements ConnectionEvents {
    @Override
    public void datagram(byte[] data) {
      new Heartbeat(world, connection::send).onPing(data);
    }

    @Override
    public void control(byte[] message) {
      said.add(ControlCodec.read(message));
    }

    @Override
    public InStream stream() {
      throw new IllegalStateException("it is served nothing");
    }

    @Override
    public void closed(String why) {
      closed = true;
    }
  }

  @Test
  void aNodeOfALaterVersionIsSpokenWith() {
    dial();
    byte[] hello = ControlCodec.bytes(new ControlMessage.Hello(peer, 9, false));
    byte[] longer = java.util.Arrays.copyOf(hello, hello.length + 5);
    longer[hello.length] = (byte) 200; // a field that nobody knows, of two bytes
    longer[hello.length + 2] = 2;
    connection.control(new byte[] {99, 1, 2, 3});
    connection.control(longer);
    connection.control(new byte[] {(byte) 250});
    world.run(10);
    assertThat(a.links.find("z")).isNotNull();
    assertThat(said.getFirst()).isEqualTo(new ControlMessage.Hello(a.self, Link.VERSION, false));
  }

  @Test
  void whoSpeaksBeforeItGreetsIsLeft() {
    dial();
    say(new ControlMessage.Unsubscribe(1));
    assertThat(closed).isTrue();
  }

  @Test
  void whoDoesNotGreetIsLeft() {
    dial();
    world.run(5_500);
    assertThat(closed).isTrue();
  }

  @Test
  void anAnswerOfAnUnknownCodecEndsThatStreamAndNoOther() {
    Link link = greet();
    Received one = subscribe(link, 1);
    Received other = subscribe(link, 1);
    byte[] bytes =
        ControlCodec.bytes(
            new ControlMessage.Subscribed(
                1, MediaPath.PACKETS, 7, true, List.of(TestNode.AUDIO), List.of(new Flow(1, 0, 0)), "s"));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).replace("OPUS", "OPUZ");
    connection.control(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    world.run(10);
    assertThat(one.got).containsExactly("ended UPSTREAM_FAILED");
    assertThat(other.got).isEmpty();
    assertThat(said.getLast()).isEqualTo(new ControlMessage.Unsubscribe(1));
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void flowsThatAreNamedTwiceEndTheLinkAndNotTheLoop() {
    Link link = greet();
    Received received = subscribe(link, 1);
    answer(1, new Flow(5, 0, 0), new Flow(5, 0, 1));
    assertThat(received.got).containsExactly("ended CONNECTION_LOST");
    assertThat(closed).isTrue();
    assertThat(link(node("b", "eu"), a)).as("another link").isNotNull();
  }

  @Test
  void aFlowOfAnotherStreamIsNotTakenOver() {
    Link link = greet();
    Received one = subscribe(link, 1);
    subscribe(link, 1);
    answer(1, new Flow(5, 0, 0));
    answer(2, new Flow(5, 0, 0));
    assertThat(one.got).containsExactly("begun PACKETS", "ended CONNECTION_LOST");
    assertThat(closed).isTrue();
  }

  private void answer(int request, Flow... flows) {
    say(
        new ControlMessage.Subscribed(
            request, MediaPath.PACKETS, 7, false, List.of(TestNode.VIDEO), List.of(flows), "s"));
  }

  @Test
  void clocksOfNoTrackOrLayerArePassedOver() {
    Link link = greet();
    Received received = subscribe(link, 1);
    answer(1, new Flow(5, 0, 0));
    for (int bad : new int[] {-1, 2, 77, Integer.MAX_VALUE}) {
      say(new ControlMessage.Clock(1, 0, bad, 1, 1));
      say(new ControlMessage.Clock(1, bad, 0, 1, 1));
    }
    assertThat(received.got).containsExactly("begun PACKETS");
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void firstPacketsThatOvertakeTheAnswerOfAStreamThatIsGivenUpAreLetGo() {
    Link link = greet();
    Received received = new Received();
    Subscription subscription = link.subscribe(TestNode.KEY, 1, List.of("a"), "s", received);
    OutStream stream = connection.open();
    stream.write(StreamKind.head(StreamKind.PACKETS, 1));
    stream.write(firstPacket(0));
    world.run(10);
    subscription.close();
    world.run(10);
    assertThat(received.got).isEmpty();
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void firstPacketsOfLayersThatThereAreNotArePassedOver() {
    Link link = greet();
    Received received = subscribe(link, 1);
    OutStream stream = connection.open();
    stream.write(StreamKind.head(StreamKind.PACKETS, 1));
    stream.write(firstPacket(200));
    stream.write(firstPacket(1));
    world.run(10);
    answer(1, new Flow(5, 0, 0));
    assertThat(received.got).containsExactly("begun PACKETS", "v1 3k");
  }

  @Test
  void whatIsToldJustBeforeTheEndIsLetGo() {
    Link link = greet();
    Received received = new Received();
    Subscription subscription = link.subscribe(TestNode.KEY, 1, List.of("a"), "s", received);
    answer(1, new Flow(5, 0, 0));
    subscription.onFirstPackets(io.netty.buffer.Unpooled.wrappedBuffer(firstPacket(0)), () -> {});
    subscription.close();
    assertThat(received.got).containsExactly("begun PACKETS", "v0 3k");
  }

  private static byte[] firstPacket(int layer) {
    byte[] bytes = new byte[5 + 20];
    bytes[1] = 20;
    bytes[3] = (byte) layer;
    bytes[4] = 1;
    bytes[5] = (byte) 0x80;
    bytes[8] = 3;
    return bytes;
  }

  @Test
  void aRequestOfANumberThatIsInUseEndsTheLink() {
    greet();
    a.serve = (asked, serving) -> {};
    say(new ControlMessage.Subscribe(1, TestNode.KEY, 1, List.of("z"), "s"));
    say(new ControlMessage.Subscribe(1, TestNode.KEY, 1, List.of("z"), "s"));
    assertThat(closed).isTrue();
    assertThat(a.servings.getFirst().isOver()).isTrue();
  }

  @Test
  void moreStreamsThanALinkMayHaveAreRefused() {
    greet();
    a.serve = (asked, serving) -> {};
    for (int i = 1; i <= 10_001; i++) {
      connection.control(ControlCodec.bytes(new ControlMessage.Subscribe(i, TestNode.KEY, 1, List.of("z"), "s")));
    }
    world.run(50);
    assertThat(a.servings).hasSize(10_000);
    assertThat(said.getLast()).isInstanceOf(ControlMessage.Ended.class);
    assertThat(closed).isFalse();
  }

  @Test
  void aServerThatFailsEndsItsLinkAndNoOther() {
    TestNode b = node("b", "eu");
    Link other = link(b, a);
    greet();
    a.serve =
        (asked, serving) -> {
          throw new IllegalStateException("a bug");
        };
    say(new ControlMessage.Subscribe(1, TestNode.KEY, 1, List.of("z"), "s"));
    assertThat(closed).isTrue();
    world.run(2_000);
    assertThat(other.isUp()).isTrue();
  }
}
