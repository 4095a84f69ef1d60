package live.sluice.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import live.sluice.container.flv.FlvForm;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.ReaderSink;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One picture from its publisher to all players of a stream, whose connections do nothing but let go of it. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOut extends InnerLoop {
  private static final int FRAME_MS = 40;
  private static final int GOP = 25;

  /** Players. */
  @Param({"1", "1000"})
  public int players;

  /** For how long frames are gathered, in ms. */
  @Param({"0", "350"})
  public long windowMs;

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private ByteBuf picture;
  private Publication publication;
  private long frames;

  /** Publishes, and lets the players join. */
  @Setup
  public void prepare() {
    picture = Media.picture();
    channel.freezeTime();
    StreamKey key = StreamKey.of("live", "x");
    StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
    publication =
        registry
            .publish(key, Session.detached(Session.Type.RTMP_PUBLISH, "192.0.2.1:1"), channel.eventLoop(), (c, w) -> {})
            .toCompletableFuture()
            .join();
    publication.frame(Media.config(Media.AVC));
    publication.frame(Media.config(Media.AAC));
    frame();
    for (int i = 0; i < players; i++) {
      Session session = Session.detached(Session.Type.FLV_PLAY, "192.0.2.2:2");
      registry.play(key, new Reader(new Nowhere(channel.eventLoop()), FlvForm.FLV, TrackFilter.ALL, windowMs, session));
      channel.runPendingTasks();
    }
  }

  /** One frame; time goes on by as much as lies between two. */
  @Benchmark
  public void frame() {
    publication.frame(Media.video(picture, frames * FRAME_MS, frames % GOP == 0));
    frames++;
    ticker.advance(FRAME_MS);
    channel.advanceTimeBy(FRAME_MS, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
  }

  private record Nowhere(EventLoop loop) implements ReaderSink {
    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(ByteBuf bytes) {
      bytes.release();
    }

    @Override
    public void flush() {}

    @Override
    public void onStart(boolean hasAudio, boolean hasVideo) {}

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }
}
