package live.sluice.pull.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.MediaSettings;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceWaitTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
  private final List<String> told = new ArrayList<>();
  private final SourceWait wait =
      new SourceWait(registry, source -> told.add("found"), (code, why) -> told.add("failed " + code));

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    registry.shutDown();
    run(100);
    channel.finishAndReleaseAll();
  }

  private void run(long ms) {
    for (long i = 0; i < ms; i += 100) {
      ticker.advance(100);
      channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }

  private Publication publish() {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "test");
    Publication made =
        registry
            .publish(KEY, session, channel.eventLoop(), (code, why) -> {})
            .toCompletableFuture()
            .resultNow();
    run(100);
    return made;
  }

  @Test
  void aSourceThatIsThereIsToldAtOnce() {
    publish();
    wait.begin(KEY, channel.eventLoop());
    assertThat(told).containsExactly("found");
  }

  @Test
  void onlyTheFirstOfTwoSourcesIsTold() {
    wait.begin(KEY, channel.eventLoop());
    run(100);
    assertThat(told).isEmpty();
    publish().close();
    publish();
    assertThat(told).containsExactly("found");
  }

  @Test
  void aStreamThatEndsBeforeThereWasASourceIsAFailure() {
    wait.begin(KEY, channel.eventLoop());
    registry.shutDown();
    run(100);
    assertThat(told).containsExactly("failed DRAINING");
  }

  @Test
  void aStreamThatEndsAfterwardsIsToldToOthers() {
    publish();
    wait.begin(KEY, channel.eventLoop());
    registry.shutDown();
    run(100);
    assertThat(told).containsExactly("found");
  }

  @Test
  void theStreamStaysForAsLongAsItIsWanted() {
    wait.begin(KEY, channel.eventLoop());
    run(5_000);
    assertThat(registry.streams()).hasSize(1);
    wait.stop();
    run(20_000);
    assertThat(registry.streams()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsGivenUpBeforeItBeginsIsNotFollowed() {
    wait.stop();
    wait.begin(KEY, channel.eventLoop());
    run(20_000);
    assertThat(registry.streams()).isEmpty();
  }
}
