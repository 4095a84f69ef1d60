package live.sluice.bench.load;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.bench.BenchException;

/** The event loops of a run. */
public final class LoadLoops implements AutoCloseable {
  private final EventLoopGroup group;
  private final List<LoadLoop> loops = new ArrayList<>();

  /** So many loops, each with a thread of its own. */
  public LoadLoops(int threads) {
    if (!Epoll.isAvailable()) {
      throw new BenchException("this needs Linux on x86_64: epoll is not there", Epoll.unavailabilityCause());
    }
    group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("load", true), EpollIoHandler.newFactory());
    for (int i = 0; i < threads; i++) {
      loops.add(new LoadLoop(group.next()));
    }
  }

  /** All of them. */
  public List<LoadLoop> all() {
    return loops;
  }

  /** Where the client of that number lives. */
  public LoadLoop of(int client) {
    return loops.get(client % loops.size());
  }

  /** Ends the loops, and with them what is still connected. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
