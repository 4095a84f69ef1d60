package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.dtls.DtlsSettings;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.ice.IceSettings;
import live.sluice.rtc.stun.IntegrityKey;
import live.sluice.rtc.stun.StunType;
import live.sluice.rtc.stun.StunWriter;

/** A node's WebRTC without ports and streams: peers are made by hand, and no offer comes. */
final class TestNode {
  static final InetSocketAddress HOME = new InetSocketAddress("203.0.113.1", 40001);
  static final InetSocketAddress AWAY = new InetSocketAddress("198.51.100.2", 40002);
  static final DtlsEndpoints DTLS = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);
  static final DtlsEndpoints CLIENT = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);

  final ManualTicker ticker = new ManualTicker();
  final RtcServer server;

  TestNode(EventLoop loop) {
    RtcSettings settings =
        new RtcSettings(
            "127.0.0.1", List.of(), Duration.ofSeconds(30), Duration.ofSeconds(10), 500, Duration.ZERO, 1_000_000);
    server = new RtcServer(settings, new Sessions(100, 100, ticker), null, null, List.of(loop), ticker);
  }

  /** A peer that can be reached, and whose handshake is ours to answer. */
  Peer peer(EventLoop loop, FakeMedia media) {
    IceLiteAgent ice = new IceLiteAgent(IceCredentials.random(), IceSettings.DEFAULT, ticker.nanos());
    Session session = Session.detached(Session.Type.RTC_PLAY, "203.0.113.1:40001");
    Peer peer = new Peer(server, "peer-" + ice.local().ufrag(), session, loop, ice);
    media.peer = peer;
    peer.prepare(media, DTLS.endpoint(DtlsRole.SERVER, CLIENT.identity().fingerprint(), new HandshakeEvents(peer)));
    server.add(peer);
    return peer;
  }

  /** A check as browsers send it. */
  static ByteBuf check(IceCredentials asked) {
    return check(asked, 100);
  }

  static ByteBuf check(IceCredentials asked, long priority) {
    ByteBuf out = Unpooled.buffer();
    new StunWriter(out, StunType.REQUEST, new byte[12])
        .username(asked.ufrag(), "peer")
        .controlling(7)
        .useCandidate()
        .priority(priority)
        .end(new IntegrityKey(asked.pwd()));
    return out;
  }

  /** One that knows the name and not the password. */
  static ByteBuf forgedCheck(IceCredentials asked) {
    return check(new IceCredentials(asked.ufrag(), "x".repeat(24)));
  }
}
