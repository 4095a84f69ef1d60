package live.sluice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.sluice.bench.BenchException;
import live.sluice.bench.measure.BenchClock;
import live.sluice.bench.measure.LoopLoad;

/** One event loop, with what its clients share. Methods may be called from any thread unless they say otherwise. */
public final class LoadLoop {
  private static final int CONNECT_MS = 10_000;
  private static final int LAG_PROBE_MS = 10;
  private static final int WRITE_HIGH = 4 << 20;

  /** So many datagrams of so many bytes are read by one call of the system. */
  private static final int DATAGRAMS = 16;

  private static final int DATAGRAM_BYTES = 2048;

  /** As much as the system gives: a loop that is late should be seen as late, and not as loss. */
  private static final int UDP_RECEIVE_BYTES = 4 << 20;

  private final EventLoop loop;
  private final BenchClock clock = new BenchClock();
  private final SharedReceiveBuffer receive = new SharedReceiveBuffer();
  private final SharedReceiveBuffer receiveDatagrams = new SharedReceiveBuffer(DATAGRAMS * DATAGRAM_BYTES);
  private final LoopLoad load = new LoopLoad();
  private final long thread;
  private long probeDue;

  LoadLoop(EventLoop loop) {
    this.loop = loop;
    this.thread = call(() -> Thread.currentThread().threadId());
    loop.execute(this::scheduleProbe);
  }

  private void scheduleProbe() {
    probeDue = System.nanoTime() + LAG_PROBE_MS * 1_000_000L;
    loop.schedule(this::probe, LAG_PROBE_MS, TimeUnit.MILLISECONDS);
  }

  /** How late the loop comes to what it had to do by now. */
  private void probe() {
    load.lag(Math.max(0, System.nanoTime() - probeDue), LAG_PROBE_MS * 1_000_000L);
    if (!loop.isShuttingDown()) {
      scheduleProbe();
    }
  }

  /** The loop itself. */
  public EventLoop loop() {
    return loop;
  }

  /** Its clock; on the loop alone. */
  public BenchClock clock() {
    return clock;
  }

  /** How busy it is; on the loop alone. */
  public LoopLoad load() {
    return load;
  }

  /** CPU time that its thread has spent, in ns. */
  public long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
  }

  /** Does something on the loop and waits for what it gives. Not to be called on a loop. */
  public <T> T call(Callable<T> task) {
    try {
      return loop.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Opens a connection that reads into the loop's shared buffer.
   *
   * @param failed told why there is none, on the loop
   */
  public void connect(InetSocketAddress address, ChannelHandler handler, Consumer<String> failed) {
    connect(address, handler, 0, failed);
  }

  /**
   * The same with a receive buffer of that many bytes in the kernel, 0 for its own choice. Only with a small one a client
   * that does not read is felt by the server soon.
   */
  public void connect(
      InetSocketAddress address, ChannelHandler handler, int receiveBytes, Consumer<String> failed) {
    Bootstrap bootstrap = new Bootstrap();
    if (receiveBytes > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, receiveBytes);
    }
    bootstrap
        .group(loop)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
        .option(ChannelOption.RECVBUF_ALLOCATOR, receive)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(WRITE_HIGH / 2, WRITE_HIGH))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
              }
            })
        .connect(address)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                failed.accept(Reasons.of("can't connect", done.cause()));
              }
            });
  }

  /**
   * Opens a UDP socket that is connected to an address, and reads into the loop's shared buffer.
   *
   * @param failed told why there is none, on the loop
   */
  public void connectUdp(InetSocketAddress address, ChannelHandler handler, Consumer<String> failed) {
    new Bootstrap()
        .group(loop)
        .channel(EpollDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, UDP_RECEIVE_BYTES)
        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
        .option(ChannelOption.RECVBUF_ALLOCATOR, receiveDatagrams)
        .handler(handler)
        .connect(address)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                failed.accept(Reasons.of("can't open a UDP socket", done.cause()));
              }
            });
  }
}
