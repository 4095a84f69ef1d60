package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.testing.Await;
import live.sluice.rtc.dtls.DtlsEnd;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsListener;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtp.wire.Demux.Kind;
import org.junit.jupiter.api.Test;

class PeerTest {
  private final FakeMedia media = new FakeMedia();
  private final FakePath path = new FakePath(TestNode.HOME);
  private final EventLoop here = new EmbeddedChannel().eventLoop();
  private final TestNode node = new TestNode(here);

  @Test
  void aPeerThatEndsSaysSoToItsClientAndThenClosesItsConnection() throws Exception {
    EventLoop loop = new DefaultEventLoop();
    try {
      TestNode real = new TestNode(loop);
      Peer peer = real.peer(loop, media);
      Client client = new Client(peer, path);
      path.dtls(client.endpoint::receive);
      loop.submit(() -> checked(peer, path, peer.ice().local(), 100)).get();
      client.endpoint.start();
      Await.until("they are connected", () -> media.connected);

      loop.submit(() -> peer.end(ErrorCode.OK, "enough")).get();
      assertThat(client.end.get(30, TimeUnit.SECONDS).reason()).isEqualTo(DtlsEnd.Reason.CLOSED_BY_PEER);
      Await.until("the connection is closed", () -> path.events.contains("closed"));
      assertThat(path.events).endsWith("RTCP", "DTLS", "closed");
      assertThat(media.closed).isEqualTo(ErrorCode.OK);
    } finally {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }

  @Test
  void whoHasNotAgreedForLongIsSentNothingMore() {
    Peer peer = node.peer(here, media);
    checked(peer, path, peer.ice().local(), 100);
    assertThat(path.events).containsExactly("proved", "STUN");

    node.ticker.advance(30_001);
    peer.tick(node.ticker.nanos());
    assertThat(media.closed).isEqualTo(ErrorCode.CONSENT_EXPIRED);
    assertThat(path.events).containsExactly("proved", "STUN", "closed");
  }

  @Test
  void aForgedCheckProvesNoConnection() {
    Peer peer = node.peer(here, media);
    ByteBuf forged = TestNode.forgedCheck(peer.ice().local());
    peer.received(Kind.STUN, forged, TestNode.HOME, path);
    forged.release();
    assertThat(path.events).isEmpty();
  }

  @Test
  void whereItsConnectionIsClosedTheNextOneThatIsCheckedIsItsPath() {
    Peer peer = node.peer(here, media);
    checked(peer, path, peer.ice().local(), 1_000);
    FakePath next = new FakePath(TestNode.AWAY);
    peer.pathClosed(path);
    assertThat(peer.path()).isNull();

    checked(peer, next, peer.ice().local(), 1);
    assertThat(peer.path()).isSameAs(next);
  }

  @Test
  void ofManyRestartsTheLastAndTheOneInUseAreKnown() {
    Peer peer = node.peer(here, media);
    IceCredentials used = peer.ice().local();
    IceCredentials first = restart(peer);
    IceCredentials second = restart(peer);
    IceCredentials third = restart(peer);
    PeerTable peers = node.server.peers();
    assertThat(peers.byUfrag(used.ufrag())).isSameAs(peer);
    assertThat(peers.byUfrag(first.ufrag())).isNull();
    assertThat(peers.byUfrag(second.ufrag())).isNull();
    assertThat(peers.byUfrag(third.ufrag())).isSameAs(peer);

    checked(peer, path, third, 100);
    assertThat(peers.byUfrag(used.ufrag())).isNull();
    peer.end(ErrorCode.OK, "enough");
    assertThat(peers.byUfrag(third.ufrag())).isNull();
  }

  private IceCredentials restart(Peer peer) {
    IceCredentials next = IceCredentials.random();
    peer.restart(next);
    node.server.peers().name(next.ufrag(), peer);
    return next;
  }

  private static void checked(Peer peer, FakePath by, IceCredentials asked, long priority) {
    ByteBuf check = TestNode.check(asked, priority);
    peer.received(Kind.STUN, check, by.path().remote(), by);
    check.release();
  }

  /** The other side of the handshake. */
  private static final class Client implements DtlsListener {
    final CompletableFuture<DtlsEnd> end = new CompletableFuture<>();
    final DtlsEndpoint endpoint =
        TestNode.CLIENT.endpoint(DtlsRole.CLIENT, TestNode.DTLS.identity().fingerprint(), this);
    private final Peer peer;
    private final FakePath path;

    Client(Peer peer, FakePath path) {
      this.peer = peer;
      this.path = path;
    }

    @Override
    public void onSend(ByteBuf datagram) {
      peer.run(
          () -> {
            peer.received(Kind.DTLS, datagram, TestNode.HOME, path);
            datagram.release();
          },
          datagram::release);
    }

    @Override
    public void onKeys(SrtpKeys keys) {}

    @Override
    public void onClosed(DtlsEnd how) {
      end.complete(how);
    }
  }
}
