package live.sluice.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import live.sluice.rtc.ice.IcePath;
import live.sluice.rtc.stun.StunUsername;
import live.sluice.rtp.wire.Demux;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP socket of one event loop. All loops' sockets have the same port: the system gives each peer's datagrams to one
 * of them, which hands them to the peer's loop where that is another. What comes from an address that proved nothing is
 * dropped unless it is a check for a peer of ours.
 */
final class RtcSocket extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RtcSocket.class);

  /** Bytes that may wait for the system, of all peers together: where it takes no more, media is dropped. */
  static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(2 << 20, 4 << 20);

  /** So much more may wait of what is no media: checks, handshakes and RTCP are little, and nobody sends them again. */
  private static final int MOST_ABOVE = 6 << 20;

  private final PeerTable peers;
  private final RtcCounters counters;
  private final Consumer<RtcSocket> opened;
  private final List<Peer> touched = new ArrayList<>();
  private @Nullable Channel channel;
  private @Nullable EventLoop loop;
  private boolean segments;
  private boolean flushPlanned;
  private final Runnable flushTask = this::flush;

  /**
   * Not open yet.
   *
   * @param opened told when it is
   */
  RtcSocket(PeerTable peers, RtcCounters counters, Consumer<RtcSocket> opened) {
    this.peers = peers;
    this.counters = counters;
    this.opened = opened;
  }

  /** The loop, once it is open. */
  EventLoop loop() {
    EventLoop known = loop;
    if (known == null) {
      throw new IllegalStateException("the socket is not open");
    }
    return known;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    loop = ctx.channel().eventLoop();
    segments = ctx.channel() instanceof EpollDatagramChannel && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    opened.accept(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof DatagramPacket datagram) {
        received(datagram.content(), datagram.sender());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void received(ByteBuf bytes, InetSocketAddress from) {
    counters.receivedDatagrams.increment();
    Demux.Kind kind = Demux.kindOf(bytes);
    Peer peer = peers.byAddress(from);
    if (peer == null && kind == Demux.Kind.STUN) {
      String ufrag = StunUsername.localUfrag(bytes);
      peer = ufrag == null ? null : peers.byUfrag(ufrag);
    }
    if (peer == null || kind == Demux.Kind.UNKNOWN) {
      counters.strangers.increment();
      return;
    }
    if (kind == Demux.Kind.STUN) {
      peer = namedBy(bytes, peer);
    }
    if (peer.loop() == loop()) {
      deliver(peer, kind, bytes, from);
    } else {
      handOff(peer, kind, bytes, from);
    }
  }

  /** Another peer may have the address now, as when a page was loaded anew: the name in the check says who. */
  private Peer namedBy(ByteBuf bytes, Peer known) {
    String ufrag = StunUsername.localUfrag(bytes);
    Peer named = ufrag == null ? null : peers.byUfrag(ufrag);
    return named == null ? known : named;
  }

  private void deliver(Peer peer, Demux.Kind kind, ByteBuf bytes, InetSocketAddress from) {
    peer.received(kind, bytes, from, null);
    if (!touched.contains(peer)) {
      touched.add(peer);
    }
  }

  private void handOff(Peer peer, Demux.Kind kind, ByteBuf bytes, InetSocketAddress from) {
    if (peer.loop().isShuttingDown()) {
      return;
    }
    if (!peer.handOffs().add()) {
      counters.overrun.increment();
      return;
    }
    bytes.retain();
    peer.loop()
        .execute(
            () -> {
              try {
                peer.received(kind, bytes, from, null);
                peer.readComplete();
              } finally {
                bytes.release();
                peer.handOffs().taken();
              }
            });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).readComplete();
    }
    touched.clear();
  }

  /** The way to an address through this socket. */
  PeerPath pathTo(InetSocketAddress remote) {
    return new UdpPath(new IcePath(remote, false));
  }

  private final class UdpPath implements PeerPath {
    private final IcePath path;

    UdpPath(IcePath path) {
      this.path = path;
    }

    @Override
    public IcePath path() {
      return path;
    }

    @Override
    public boolean takesTrains() {
      return segments;
    }

    @Override
    public void send(ByteBuf datagram) {
      Channel open = channel;
      single(datagram, open != null && open.bytesBeforeWritable() > MOST_ABOVE);
    }

    private void single(ByteBuf datagram, boolean drop) {
      if (drop) {
        counters.unsentByUdp.increment();
        datagram.release();
        return;
      }
      counters.sentDatagrams.increment();
      counters.singles.increment();
      write(new DatagramPacket(datagram, path.remote()));
    }

    @Override
    public void sendTrain(ByteBuf datagrams, int segment) {
      Channel open = channel;
      boolean drop = open != null && !open.isWritable();
      int bytes = datagrams.readableBytes();
      if (bytes <= segment) {
        single(datagrams, drop);
        return;
      }
      int count = (bytes + segment - 1) / segment;
      if (drop) {
        counters.unsentByUdp.add(count);
        datagrams.release();
        return;
      }
      counters.sentDatagrams.add(count);
      counters.trains.increment();
      write(new SegmentedDatagramPacket(datagrams, segment, path.remote()));
    }
  }

  private void write(Object datagram) {
    Channel open = channel;
    if (open == null || !open.isActive()) {
      ReferenceCountUtil.release(datagram);
      return;
    }
    if (!open.eventLoop().inEventLoop()) {
      open.writeAndFlush(datagram, open.voidPromise());
      return;
    }
    open.write(datagram, open.voidPromise());
    if (!flushPlanned) {
      flushPlanned = true;
      // After what else is written at this moment: one system call for all of it.
      loop().execute(flushTask);
    }
  }

  private void flush() {
    flushPlanned = false;
    Channel open = channel;
    if (open != null) {
      open.flush();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own deprecation: there is no other place to see a pipeline's exceptions.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A peer's port that is closed comes back as an error of the next call: it is nobody else's.
    counters.socketErrors.increment();
    LOG.debug("the UDP socket of WebRTC", cause);
  }
}
