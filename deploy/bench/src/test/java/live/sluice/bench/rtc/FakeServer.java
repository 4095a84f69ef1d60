package live.sluice.bench.rtc;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import live.sluice.media.Codec;
import live.sluice.rtc.dtls.CertificateFingerprint;
import live.sluice.rtc.dtls.DtlsEnd;
import live.sluice.rtc.dtls.DtlsEndpoint;
import live.sluice.rtc.dtls.DtlsEndpoints;
import live.sluice.rtc.dtls.DtlsIdentity;
import live.sluice.rtc.dtls.DtlsListener;
import live.sluice.rtc.dtls.DtlsRole;
import live.sluice.rtc.dtls.DtlsSettings;
import live.sluice.rtc.ice.Candidate;
import live.sluice.rtc.ice.IceCredentials;
import live.sluice.rtc.ice.IceLiteAgent;
import live.sluice.rtc.ice.IceResult;
import live.sluice.rtc.ice.IceSettings;
import live.sluice.rtc.sdp.Answer;
import live.sluice.rtc.sdp.LocalTransport;
import live.sluice.rtc.sdp.PeerTransport;
import live.sluice.rtc.sdp.PlayNegotiation;
import live.sluice.rtc.sdp.PlaySources;
import live.sluice.rtc.sdp.PublishNegotiation;
import live.sluice.rtc.sdp.SessionDescription;
import live.sluice.rtc.srtp.SrtpKeys;
import live.sluice.rtc.srtp.SrtpReceiver;
import live.sluice.rtc.srtp.SrtpSender;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.wire.Demux;

/** The server's side of one session, as small as can be: it answers checks, shakes hands, and hands over what comes. */
final class FakeServer extends SimpleChannelInboundHandler<DatagramPacket> implements DtlsListener, AutoCloseable {
  static final RtpTrack PICTURES = new RtpTrack(0, Codec.H264, 90_000, 0, "packetization-mode=1");

  final CompletableFuture<SrtpSender> sender = new CompletableFuture<>();
  final CompletableFuture<DtlsEnd> end = new CompletableFuture<>();

  /** Plain packets that came, RTP and RTCP; touched on the loop. */
  final List<ByteBuf> received = new ArrayList<>();

  private final EventLoop loop;
  private final Channel channel;
  private final DtlsEndpoints endpoints = new DtlsEndpoints(DtlsIdentity.create(), DtlsSettings.DEFAULT);
  private final IceLiteAgent ice = new IceLiteAgent(IceCredentials.random(), IceSettings.DEFAULT, System.nanoTime());
  private final CompletableFuture<DtlsEndpoint> dtls = new CompletableFuture<>();
  private final CompletableFuture<SrtpReceiver> receiver = new CompletableFuture<>();
  private InetSocketAddress client = new InetSocketAddress(0);

  FakeServer(EventLoop loop) {
    super(false);
    this.loop = loop;
    this.channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollDatagramChannel.class)
            .handler(this)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Answers an offer to play one track of pictures. */
  Answer play(String offer, UnaryOperator<String> change) {
    PlayNegotiation negotiation =
        PlayNegotiation.of(
            SessionDescription.parse(offer), List.of(PICTURES), new PlaySources("fake", "fake", new AtomicInteger()::incrementAndGet));
    expect(negotiation.transport());
    return Answer.parse(change.apply(negotiation.answer(transport())));
  }

  /** Answers an offer to publish. */
  Answer publish(String offer) {
    PublishNegotiation negotiation =
        PublishNegotiation.of(SessionDescription.parse(offer), PublishNegotiation.ALL_CODECS);
    expect(negotiation.transport());
    return Answer.parse(negotiation.answer(transport()));
  }

  private void expect(PeerTransport told) {
    CertificateFingerprint fingerprint = CertificateFingerprint.parse(told.fingerprint().text());
    dtls.complete(endpoints.endpoint(DtlsRole.SERVER, fingerprint, this));
  }

  private LocalTransport transport() {
    InetSocketAddress at = (InetSocketAddress) channel.localAddress();
    return new LocalTransport(
        1,
        ice.local().ufrag(),
        ice.local().pwd(),
        RtcIdentity.fingerprint(endpoints.identity()),
        List.of(Candidate.host(at.getAddress(), at.getPort(), false, 0).toSdp()));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
    ByteBuf bytes = datagram.content();
    switch (Demux.kindOf(bytes)) {
      case STUN -> {
        IceResult result =
            ice.handle(bytes, datagram.sender(), false, System.nanoTime(), ByteBufAllocator.DEFAULT);
        client = datagram.sender();
        if (result.reply() != null) {
          send(result.reply());
        }
      }
      case DTLS -> dtls.join().receive(bytes);
      case RTP -> {
        receiver.join().unprotect(bytes);
        received.add(bytes.retain());
      }
      case RTCP -> {
        receiver.join().unprotectRtcp(bytes);
        received.add(bytes.retain());
      }
      case UNKNOWN -> {}
    }
    bytes.release();
  }

  /** Sends a datagram to the client. */
  void send(ByteBuf datagram) {
    channel.writeAndFlush(new DatagramPacket(datagram, client));
  }

  @Override
  public void onSend(ByteBuf datagram) {
    send(datagram);
  }

  @Override
  public void onKeys(SrtpKeys keys) {
    receiver.complete(SrtpReceiver.of(keys));
    sender.complete(SrtpSender.of(keys));
  }

  @Override
  public void onClosed(DtlsEnd how) {
    end.complete(how);
  }

  /** Says good-bye, as a server does whose stream ends. */
  void closeDtls() {
    dtls.join().close();
  }

  /** A protected packet of some payload. */
  static ByteBuf protect(SrtpSender srtp, ByteBuf plain) {
    ByteBuf out = Unpooled.buffer();
    srtp.protect(plain, out);
    plain.release();
    return out;
  }

  @Override
  public void close() {
    dtls.thenAccept(DtlsEndpoint::close);
    channel.close().syncUninterruptibly();
    loop.submit(() -> received.forEach(ByteBuf::release)).syncUninterruptibly();
  }
}
