package live.sluice.rtc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Ticker;
import live.sluice.rtc.ice.TcpPacketDecoder;

/**
 * Peers that come by TCP, where UDP is blocked: RFC 6544, passive side. The first packet of a connection must be a check for
 * a peer of ours, and prove soon that it is the peer's, or it is closed.
 */
final class RtcTcp extends ChannelInitializer<Channel> {
  /** More than the node's sessions have; each is a file descriptor, which other protocols need too. */
  static final int MOST_CONNECTIONS = 20_000;

  private static final int MAX_PACKET = 8 << 10;

  private final PeerTable peers;
  private final RtcCounters counters;
  private final Ticker ticker;
  private final Duration idle;
  private final int most;

  /**
   * Connections of these peers.
   *
   * @param idle a connection by which nothing comes for so long is closed
   * @param most connections at once
   */
  RtcTcp(PeerTable peers, RtcCounters counters, Ticker ticker, Duration idle, int most) {
    this.peers = peers;
    this.counters = counters;
    this.ticker = ticker;
    this.idle = idle;
    this.most = most;
  }

  @Override
  protected void initChannel(Channel channel) {
    int now = counters.connections.incrementAndGet();
    channel.closeFuture().addListener(closed -> counters.connections.decrementAndGet());
    if (now > most) {
      counters.refusedConnections.increment();
      channel.close();
      return;
    }
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(TcpConnection.LOW_WATER, TcpConnection.HIGH_WATER));
    if (channel instanceof EpollSocketChannel epoll) {
      // Else the system takes megabytes that a slow network has not carried, and nothing here would know.
      epoll.config().setTcpNotSentLowAt(TcpConnection.LOW_WATER);
    }
    channel
        .pipeline()
        .addLast(
            new ReadTimeoutHandler(idle.toMillis(), TimeUnit.MILLISECONDS),
            new TcpPacketDecoder(MAX_PACKET),
            new TcpConnection(peers, counters, ticker));
  }
}
