package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.ManualTicker;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import org.junit.jupiter.api.AfterEach;

/** A registry with one stream, whose loop and clock the test turns by hand. */
abstract class StreamFixture {
  static final StreamKey KEY = StreamKey.of("live", "x");

  final ManualTicker ticker = new ManualTicker();
  final EmbeddedChannel channel = new EmbeddedChannel();
  final FakeDirectory directory = new FakeDirectory();
  final List<String> told = new ArrayList<>();
  MediaSettings settings =
      new MediaSettings(
          1 << 20,
          100,
          Duration.ofSeconds(2),
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          1 << 20,
          false);
  long memory;
  StreamRegistry registry = newRegistry();

  StreamFixture() {
    channel.freezeTime();
  }

  StreamRegistry newRegistry() {
    return new StreamRegistry(settings, directory, ticker, () -> memory);
  }

  @AfterEach
  void everythingIsReleased() {
    registry.shutDown();
    channel.runPendingTasks();
    assertThat(registry.streams()).isEmpty();
    channel.finishAndReleaseAll();
  }

  Publication publish() {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1");
    return registry
        .publish(KEY, session, channel.eventLoop(), (code, why) -> told.add(code.label()))
        .toCompletableFuture()
        .join();
  }

  /** A publisher whose tracks are known, and whose first keyframe was at 0. */
  Publication publishFromKeyframe() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    return publication;
  }

  Reader play(RecordingSink sink, TrackFilter filter, long windowMs) {
    Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    Reader reader = new Reader(sink, TestForm.INSTANCE, filter, windowMs, session);
    registry.play(KEY, reader);
    channel.runPendingTasks();
    return reader;
  }

  RecordingSink sink() {
    return new RecordingSink(channel.eventLoop(), channel::runPendingTasks);
  }

  void pass(long ms) {
    for (long t = 0; t < ms; t += 100) {
      ticker.advance(100);
      channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
      channel.runPendingTasks();
    }
  }

  /** A frame that has reached whoever takes it before the next one comes. */
  void send(Publication publication, Frame frame) {
    publication.frame(frame);
    channel.runPendingTasks();
  }

  static void open(Publication publication) {
    publication.frame(Frames.videoConfig(0));
    publication.frame(Frames.audioConfig(0));
  }
}
