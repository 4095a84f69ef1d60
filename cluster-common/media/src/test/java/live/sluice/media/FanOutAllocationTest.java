package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.ManualTicker;
import live.sluice.media.testing.TestForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a thousand players leaves no garbage behind for each of them: a frame costs what it costs for one. */
class FanOutAllocationTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final int FEW = 10;
  private static final int MANY = 1_000;
  private static final int FRAMES = 500;
  private static final int GOP = 25;
  private static final int FRAME_MS = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private ResourceLeakDetector.Level level;

  /** Whoever follows each buffer's way makes notes of it, and a good deal of them. */
  @BeforeEach
  void withoutWatchingBuffers() {
    level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void watchThemAgain() {
    ResourceLeakDetector.setLevel(level);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 350})
  void aPlayerAndFrameTakeNothingFromTheHeap(long windowMs) {
    long few = allocated(FEW, windowMs);
    long many = allocated(MANY, windowMs);
    double each = (double) (many - few) / ((MANY - FEW) * FRAMES);
    assertThat(each).as("bytes per player and frame, window " + windowMs + " ms").isLessThan(0.1);
  }

  /** On a thread as event loops have: what buffers are written in is used again there, and nowhere else. */
  private long allocated(int players, long windowMs) {
    CompletableFuture<Long> taken = new CompletableFuture<>();
    new FastThreadLocalThread(() -> taken.completeAsync(() -> measure(players, windowMs), Runnable::run)).start();
    return taken.join();
  }

  /** Bytes that this thread takes for {@value #FRAMES} frames to that many players, once all is warm. */
  private long measure(int players, long windowMs) {
    ManualTicker ticker = new ManualTicker();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
    Publication publication =
        registry
            .publish(KEY, Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1"), channel.eventLoop(), (c, w) -> {})
            .toCompletableFuture()
            .join();
    publication.frame(Frames.videoConfig(0));
    publication.frame(Frames.audioConfig(0));
    publication.frame(Frames.key(0));
    List<HoldingSink> sinks = new ArrayList<>();
    for (int i = 0; i < players; i++) {
      HoldingSink sink = new HoldingSink(channel.eventLoop());
      Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
      registry.play(KEY, new Reader(sink, TestForm.INSTANCE, TrackFilter.ALL, windowMs, session));
      channel.runPendingTasks();
      sinks.add(sink);
    }
    send(publication, ticker, channel, 1);
    long before = threads.getCurrentThreadAllocatedBytes();
    send(publication, ticker, channel, 1 + FRAMES);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sinks).allMatch(sink -> sink.bytes >= 2L * FRAMES * 10);
    registry.shutDown();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
    return taken;
  }

  private static void send(Publication publication, ManualTicker ticker, EmbeddedChannel channel, int from) {
    for (int i = from; i < from + FRAMES; i++) {
      publication.frame(i % GOP == 0 ? Frames.key((long) i * FRAME_MS) : Frames.delta((long) i * FRAME_MS));
      ticker.advance(FRAME_MS);
      channel.advanceTimeBy(FRAME_MS, TimeUnit.MILLISECONDS);
      channel.runPendingTasks();
    }
  }

  /** Holds what is written until it is flushed, as a connection does. */
  private static final class HoldingSink implements ReaderSink {
    private final EventLoop loop;
    private final Queue<ByteBuf> written = new ArrayDeque<>();
    private long bytes;

    HoldingSink(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public EventLoop loop() {
      return loop;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(ByteBuf buffer) {
      bytes += buffer.readableBytes();
      written.add(buffer);
    }

    @Override
    public void flush() {
      for (ByteBuf next = written.poll(); next != null; next = written.poll()) {
        next.release();
      }
    }

    @Override
    public void onStart(boolean hasAudio, boolean hasVideo) {}

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }
}
