package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.RecordingSink;
import org.junit.jupiter.api.Test;

/** Who feeds a stream, who may wait for it, and what one who joins gets. */
class StreamTest extends StreamFixture {

  @Test
  void aPlayerThatJoinsGetsConfigurationsAndTheGopAndThenWhatComes() {
    Publication publication = publishFromKeyframe();
    publication.frame(Frames.delta(40));
    publication.frame(Frames.key(80));
    publication.frame(Frames.audio(90));
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    publication.frame(Frames.delta(120));
    assertThat(sink.got()).containsExactly("start audio video", "v0c", "a0c", "v80k", "a90k", "v120");
  }

  @Test
  void aConfigurationsTimeDoesNotMoveTheClock() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(100_000));
    publication.frame(Frames.delta(100_040));
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    publication.frame(Frames.videoConfig(0, 7));
    publication.frame(Frames.key(100_080));
    assertThat(sink.got())
        .containsExactly("start audio video", "v0c", "a0c", "v100000k", "v100040", "v100040c", "v100080k");
  }

  @Test
  void aPlayerThatCameFirstGetsTheStreamFromItsBeginning() {
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    Publication publication = publishFromKeyframe();
    publication.frame(Frames.audio(10));
    assertThat(sink.got()).containsExactly("start audio video", "v0c", "a0c", "v0k", "a10k");
  }

  @Test
  void soundBeforeTheFirstKeyframeIsKeptAndPicturesBeforeItAreNot() {
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.audio(0));
    publication.frame(Frames.audio(20));
    publication.frame(Frames.delta(30));
    publication.frame(Frames.audio(40));
    publication.frame(Frames.key(50));
    publication.frame(Frames.delta(60));
    assertThat(sink.got())
        .containsExactly("start audio video", "v0c", "a0c", "a0k", "a20k", "a40k", "v50k", "v60");
  }

  @Test
  void aStreamWithOneTrackBeginsWhenNoSecondOneCame() {
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    Publication publication = publish();
    publication.frame(Frames.videoConfig(0));
    for (int t = 0; t <= 400; t += 40) {
      publication.frame(t == 0 ? Frames.key(t) : Frames.delta(t));
    }
    assertThat(sink.got()).startsWith("start video", "v0c", "v0k", "v40").hasSize(13);
  }

  @Test
  void aPlayerOfWhatNobodyPublishesIsRefusedAfterItsTime() {
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    pass(4_800);
    assertThat(sink.ended()).isNull();
    pass(400);
    assertThat(sink.ended()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
    pass(3_500);
    assertThat(registry.find(KEY)).isNull();
  }

  @Test
  void playersStayWhenThePublisherGoesAndTimesGoOnWithTheNextOne() {
    Publication first = publish();
    open(first);
    first.frame(Frames.key(10_000));
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    first.close();
    pass(5_000);
    Publication second = publish();
    open(second);
    second.frame(Frames.key(0));
    assertThat(sink.got()).endsWith("v10000k", "v10000c", "a10000c", "v10040k");
    assertThat(sink.ended()).isNull();
    second.close();
    pass(30_300);
    assertThat(sink.ended()).isEqualTo(ErrorCode.STREAM_ENDED);
  }

  @Test
  void aSecondPublisherIsRefused() {
    Publication first = publish();
    assertThatThrownBy(this::publish).hasRootCauseInstanceOf(SluiceException.class).hasMessageContaining("already");
    first.close();
    publish();
  }

  @Test
  void aSecondPublisherTakesOverWhereConfigured() {
    settings =
        new MediaSettings(
            settings.gopBytes(),
            settings.gopFrames(),
            settings.readerLag(),
            settings.readerBytes(),
            settings.readerStuck(),
            settings.playerWait(),
            settings.playerKeep(),
            settings.pullLinger(),
            settings.publishIdle(),
            settings.memoryBudget(),
            true);
    registry = newRegistry();
    publish();
    Publication second = publish();
    assertThat(told).containsExactly("PublishReplaced");
    assertThat(second.stream().source()).isSameAs(second);
  }

  @Test
  void aPublisherThatLosesItsNameIsTold() {
    Publication mine = publish();
    StreamEntry winner = new StreamEntry(KEY, FakeDirectory.SELF, mine.entry().epoch() + 5, 0, List.of());
    directory.lose(mine.entry(), winner);
    assertThat(told).containsExactly("PublishReplaced");
    assertThat(directory.lookup(KEY)).isEqualTo(winner);
  }

  @Test
  void aPublisherThatSendsNothingIsEnded() {
    publish();
    pass(8_400);
    assertThat(told).containsExactly("PublishIdle");
    assertThat(directory.lookup(KEY)).isNull();
  }

  @Test
  void aPullBeginsWithTheFirstPlayerAndEndsSomeTimeAfterTheLast() {
    List<String> pulls = new ArrayList<>();
    registry.setUpstream(
        stream -> {
          pulls.add("pull " + stream.key());
          return () -> pulls.add("stop");
        });
    Reader one = play(sink(), TrackFilter.ALL, 0);
    Reader two = play(sink(), TrackFilter.ALL, 0);
    assertThat(pulls).containsExactly("pull live/x");
    StreamEntry entry = new StreamEntry(KEY, FakeDirectory.SELF, 7, 0, List.of());
    Stream stream = registry.find(KEY);
    Session session = Session.detached(Session.Type.PULL, "127.0.0.1:3");
    Publication pulled = stream.connect(entry, session, false, (code, why) -> told.add(code.label()));
    open(pulled);
    pulled.frame(Frames.key(0));
    one.close();
    two.close();
    pass(2_800);
    assertThat(pulls).hasSize(1);
    pass(600);
    assertThat(pulls).containsExactly("pull live/x", "stop");
    pulled.close();
    pass(600);
    assertThat(registry.find(KEY)).isNull();
  }

  @Test
  void aRepeatedConfigurationIsNotSentAgainAndAChangedOneIs() {
    Publication publication = publishFromKeyframe();
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    publication.frame(Frames.videoConfig(40));
    publication.frame(Frames.videoConfig(80, 9));
    publication.frame(Frames.key(80));
    assertThat(sink.got()).endsWith("v0k", "v0c", "v80k");
  }
}
