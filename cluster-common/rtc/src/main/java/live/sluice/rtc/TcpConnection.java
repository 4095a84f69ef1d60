package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import live.sluice.media.Ticker;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtc.ice.TcpFraming;
import live.sluice.rtc.stun.StunUsername;
import live.sluice.rtp.wire.Demux;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a peer that comes by TCP. It is read on its own loop, and hands what comes to the peer's; where that one
 * falls behind, it is not read from for a while. Who reads too slowly loses pictures: first whole ones, which the player's
 * side leaves out as soon as this is {@link #congested}, then any media, and checks, handshakes and RTCP last.
 */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf> implements PeerPath {
  /** Bytes that wait in the node when it begins, and ceases, to be full; what the system keeps comes on top. */
  static final int HIGH_WATER = 128 << 10;

  static final int LOW_WATER = 64 << 10;

  /** What is real-time is late behind so much: more media is dropped. */
  private static final int MOST_MEDIA = 512 << 10;

  private static final int MOST_OF_ALL = 1 << 20;

  /** A keyframe may fill it for a moment. */
  private static final long FULL_NANOS = 200_000_000;

  /** Within this a valid check must have come. */
  private static final long FIRST_CHECK_MS = 5_000;

  private final PeerTable peers;
  private final RtcCounters counters;
  private final Ticker ticker;
  private final AtomicInteger handedOver = new AtomicInteger();
  private @Nullable Peer peer;
  private @Nullable Channel channel;
  private @Nullable IcePath path;
  private @Nullable Future<?> deadline;
  private volatile boolean full;
  private volatile long fullSinceNanos;

  TcpConnection(PeerTable peers, RtcCounters counters, Ticker ticker) {
    this.peers = peers;
    this.counters = counters;
    this.ticker = ticker;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    path = new IcePath((InetSocketAddress) ctx.channel().remoteAddress(), true);
    deadline = ctx.executor().schedule(() -> ctx.close(), FIRST_CHECK_MS, TimeUnit.MILLISECONDS);
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
    }
    handOver(ctx.channel(), to, kind, packet.retain());
  }

  private void handOver(Channel from, Peer to, Demux.Kind kind, ByteBuf packet) {
    if (handedOver.incrementAndGet() == HandOffs.MOST) {
      from.config().setAutoRead(false);
    }
    to.run(
        () -> {
          try {
            to.received(kind, packet, path().remote(), this);
            to.readComplete();
          } finally {
            taken(from, packet);
          }
        },
        () -> taken(from, packet));
  }

  private void taken(Channel from, ByteBuf packet) {
    packet.release();
    if (handedOver.decrementAndGet() == HandOffs.MOST / 2) {
      // On its own loop, so that it comes after what stopped it.
      from.eventLoop().execute(() -> from.config().setAutoRead(true));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    if (!writable) {
      fullSinceNanos = ticker.nanos();
    }
    full = !writable;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    proved();
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
    write(datagram, MOST_OF_ALL);
  }

  @Override
  public void sendTrain(ByteBuf datagrams, int segment) {
    write(datagrams, MOST_MEDIA); // trains of one, since they are not taken
  }

  private void write(ByteBuf datagram, int most) {
    Channel open = channel;
    if (open == null || !open.isActive()) {
      datagram.release();
    } else if (waits(open) > most) {
      counters.unsentByTcp.increment();
      datagram.release();
    } else {
      counters.sentDatagrams.increment();
      counters.singles.increment();
      open.write(TcpFraming.lengthOf(open.alloc(), datagram.readableBytes()), open.voidPromise());
      open.writeAndFlush(datagram, open.voidPromise());
    }
  }

  /** Bytes that wait, as soon as it is full. */
  private static long waits(Channel open) {
    long above = open.bytesBeforeWritable();
    return above == 0 ? 0 : above + LOW_WATER;
  }

  @Override
  public boolean congested() {
    Channel open = channel;
    if (!full || open == null) {
      return false;
    }
    return ticker.nanos() - fullSinceNanos > FULL_NANOS || waits(open) > MOST_MEDIA;
  }

  @Override
  public void proved() {
    Future<?> first = deadline;
    if (first != null) {
      first.cancel(false);
    }
  }

  @Override
  public void close() {
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own deprecation: there is no other place to see a pipeline's exceptions.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
