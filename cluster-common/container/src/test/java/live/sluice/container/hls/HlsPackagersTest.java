package live.sluice.container.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import live.sluice.container.ts.TestFrames;
import live.sluice.media.MediaSettings;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HlsPackagersTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry =
      new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker, () -> 0);
  private final HlsPackagers packagers = new HlsPackagers(HlsSettings.defaults(), ticker);
  private long dts;

  HlsPackagersTest() {
    channel.freezeTime();
    registry.addListener(packagers);
  }

  @AfterEach
  void everythingIsReleased() {
    registry.shutDown();
    channel.runPendingTasks();
    packagers.close();
    channel.finishAndReleaseAll();
  }

  private Publication publish() {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1");
    return registry
        .publish(KEY, session, channel.eventLoop(), (code, why) -> {})
        .toCompletableFuture()
        .join();
  }

  private void play(Publication publication, long ms) {
    publication.frame(TestFrames.config(TestFrames.AVC, dts));
    for (long end = dts + ms; dts < end; dts += 40) {
      publication.frame(TestFrames.key(TestFrames.AVC, dts, 0, 20));
    }
  }

  /** The source's idle time is not the matter here: only the loop's time goes on. */
  private void pass(long ms) {
    channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
  }

  @Test
  void aPublishedStreamIsPackagedFromTheStart() {
    play(publish(), 3_000);

    assertThat(packagers.find(KEY).playlist()).isNotNull();
    assertThat(packagers.keys()).containsExactly(KEY);
    assertThat(packagers.find(StreamKey.of("live", "y"))).isNull();
  }

  @Test
  void itIsKeptForTheNextPublishAndForgottenLater() {
    Publication first = publish();
    play(first, 3_000);
    HlsPackager packager = packagers.find(KEY);
    first.close();
    pass(100_000);
    Publication second = publish();
    play(second, 3_000);

    assertThat(packagers.find(KEY)).isSameAs(packager);
    second.close();
    pass(60_000);
    assertThat(packagers.find(KEY)).as("the first one's time is over, not the second one's").isSameAs(packager);
    pass(61_000);
    assertThat(packagers.find(KEY)).isNull();
    assertThat(packager.playlist()).isNull();
  }

  @Test
  void aStreamThatNeverHadASegmentIsForgottenAtOnce() {
    publish().close();

    assertThat(packagers.find(KEY)).isNull();
  }
}
