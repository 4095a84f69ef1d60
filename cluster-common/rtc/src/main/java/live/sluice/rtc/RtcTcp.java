package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtc.ice.TcpFraming;
import live.sluice.rtc.ice.TcpPacketDecoder;
import live.sluice.rtc.stun.StunUsername;
import live.sluice.rtp.wire.Demux;
import org.jspecify.annotations.Nullable;

/**
 * Peers that come by TCP, where UDP is blocked: RFC 6544, passive side. The first packet of a connection must be a check for
 * a peer of ours, or it is closed.
 */
final class RtcTcp extends ChannelInitializer<Channel> {
  private static final int MAX_PACKET = 8 << 10;
  private static final long FIRST_PACKET_MS = 5_000;

  /** A player so slow has no use for more: what is real-time is late then. */
  private static final int MAX_UNSENT = 512 << 10;

  private final PeerTable peers;
  private final RtcCounters counters;

  RtcTcp(PeerTable peers, RtcCounters counters) {
    this.peers = peers;
    this.counters = counters;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.pipeline().addLast(new TcpPacketDecoder(MAX_PACKET), new Connection());
  }

  private final class Connection extends SimpleChannelInboundHandler<ByteBuf> implements PeerPath {
    private @Nullable Peer peer;
    private @Nullable Channel channel;
    private @Nullable IcePath path;
    private @Nullable Future<?> deadline;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      channel = ctx.channel();
      path = new IcePath((InetSocketAddress) ctx.channel().remoteAddress(), true);
      deadline = ctx.executor().schedule(() -> ctx.close(), FIRST_PACKET_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf packet) {
      counters.receivedDatagrams.increment();
      Demux.Kind kind = Demux.kindOf(packet);
      Peer to = peer;
      if (to == null) {
        String ufrag = kind == Demux.Kind.STUN ? StunUsername.localUfrag(packet) : null;
        to = ufrag == null ? null : peers.byUfrag(ufrag);
        if (to == null) {
          counters.strangers.increment();
          ctx.close();
          return;
        }
        peer = to;
        Future<?> first = deadline;
        if (first != null) {
          first.cancel(false);
        }
      }
      Peer known = to;
      ByteBuf kept = packet.retain();
      known.run(
          () -> {
            try {
              known.received(kind, kept, path().remote(), this);
              known.readComplete();
            } finally {
              kept.release();
            }
          },
          kept::release);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      Future<?> first = deadline;
      if (first != null) {
        first.cancel(false);
      }
      Peer known = peer;
      if (known != null) {
        known.run(() -> known.pathClosed(this), () -> {});
      }
    }

    @Override
    public IcePath path() {
      IcePath known = path;
      if (known == null) {
        throw new IllegalStateException("not connected");
      }
      return known;
    }

    @Override
    public boolean takesTrains() {
      return false;
    }

    @Override
    public void send(ByteBuf datagram) {
      Channel open = channel;
      if (open == null || !open.isActive() || open.unsafe().outboundBuffer() == null || isFull(open)) {
        datagram.release();
        return;
      }
      counters.sentDatagrams.increment();
      counters.singles.increment();
      open.write(TcpFraming.lengthOf(open.alloc(), datagram.readableBytes()), open.voidPromise());
      open.writeAndFlush(datagram, open.voidPromise());
    }

    private boolean isFull(Channel open) {
      return open.bytesBeforeWritable() > MAX_UNSENT;
    }

    @Override
    public void sendTrain(ByteBuf datagrams, int segment) {
      send(datagrams); // trains of one, since they are not taken
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own deprecation: there is no other place to see a pipeline's exceptions.
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
