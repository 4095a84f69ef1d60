package live.sluice.container.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.container.ts.TestFrames;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
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
  // Three streams of 64 KiB for each of 5 segments fit, and no more than two ended ones are kept.
  private static final HlsSettings SETTINGS =
      new HlsSettings(
          Duration.ofSeconds(2), Duration.ofSeconds(4), 4, 1, 4 << 20, Duration.ofMinutes(2), 2, 1 << 20);

  private final HlsPackagers packagers = new HlsPackagers(SETTINGS, ticker);
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
    return publish(KEY);
  }

  private Publication publish(StreamKey key) {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1");
    return registry
        .publish(key, session, channel.eventLoop(), (code, why) -> {})
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
  void aStreamPublishedAsPacketsIsPackagedFromTheFirstRequestOn() {
    List<Boolean> wanted = new ArrayList<>();
    Publication.Owner owner =
        new Publication.Owner() {
          @Override
          public void onPublicationEnded(ErrorCode code, String why) {}

          @Override
          public void onFramesWanted(boolean now) {
            wanted.add(now);
          }
        };
    Session session = Session.detached(Session.Type.RTC_PUBLISH, "127.0.0.1:1");
    Publication publication =
        registry
            .publish(
                KEY, new StreamRegistry.Publisher(session, owner, MediaForm.PACKETS), channel.eventLoop())
            .toCompletableFuture()
            .join();
    assertThat(packagers.find(KEY)).isNotNull();
    assertThat(wanted).isEmpty();
    packagers.want(KEY);
    packagers.want(KEY);
    channel.runPendingTasks();
    assertThat(wanted).containsExactly(true);
    play(publication, 8_000);
    channel.runPendingTasks();
    assertThat(packagers.find(KEY).playlist()).isNotNull();
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

  private static StreamKey key(int number) {
    return StreamKey.of("live", "s" + number);
  }

  @Test
  void ofTooManyEndedStreamsTheOldestIsForgotten() {
    for (int i = 0; i < 3; i++) {
      Publication publication = publish(key(i));
      play(publication, 3_000);
      publication.close();
    }

    assertThat(packagers.keys()).containsExactlyInAnyOrder(key(1), key(2));
  }

  @Test
  void whenMemoryIsShortEndedStreamsGoBeforeLiveOnesLoseAnything() {
    Publication ended = publish(key(0));
    play(ended, 20_000);
    ended.close();
    List<Publication> live = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      live.add(publish(key(i)));
      play(live.getLast(), 20_000);
    }

    assertThat(packagers.keys()).containsExactlyInAnyOrder(key(1), key(2), key(3));
    assertThat(packagers.find(key(1)).memory()).isEqualTo(5 * (64 << 10));
    assertThat(packagers.memory()).isLessThanOrEqualTo(SETTINGS.maxTotalBytes());
  }

  @Test
  void whenMemoryIsShortForLiveStreamsTheLargestLoseTheirOldestSegments() {
    for (int i = 0; i < 5; i++) {
      play(publish(key(i)), 20_000);
    }

    assertThat(packagers.memory()).isLessThanOrEqualTo(SETTINGS.maxTotalBytes());
    for (int i = 0; i < 5; i++) {
      HlsPlaylist playlist = packagers.find(key(i)).playlist();
      assertThat(playlist.lastSequence() - playlist.firstSequence()).isBetween(2L, 3L);
    }
  }
}
