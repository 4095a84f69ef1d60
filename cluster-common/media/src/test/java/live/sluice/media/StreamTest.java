package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeDirectory directory = new FakeDirectory();
  private final List<String> told = new ArrayList<>();
  private MediaSettings settings =
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
  private long memory;
  private StreamRegistry registry = newRegistry();

  StreamTest() {
    channel.freezeTime();
  }

  private StreamRegistry newRegistry() {
    return new StreamRegistry(settings, directory, ticker, () -> memory);
  }

  @AfterEach
  void everythingIsReleased() {
    registry.shutDown();
    channel.runPendingTasks();
    assertThat(registry.streams()).isEmpty();
    channel.finishAndReleaseAll();
  }

  private Publication publish() {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:1");
    return registry
        .publish(KEY, session, channel.eventLoop(), (code, why) -> told.add(code.label()))
        .toCompletableFuture()
        .join();
  }

  private Reader play(RecordingSink sink, TrackFilter filter, long windowMs) {
    Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    Reader reader = new Reader(sink, TestForm.INSTANCE, filter, windowMs, session);
    registry.play(KEY, reader);
    channel.runPendingTasks();
    return reader;
  }

  private RecordingSink sink() {
    return new RecordingSink(channel.eventLoop(), channel::runPendingTasks);
  }

  private void pass(long ms) {
    for (long t = 0; t < ms; t += 100) {
      ticker.advance(100);
      channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
      channel.runPendingTasks();
    }
  }

  /** A frame that has reached whoever takes it before the next one comes. */
  private void send(Publication publication, Frame frame) {
    publication.frame(frame);
    channel.runPendingTasks();
  }

  private static void open(Publication publication) {
    publication.frame(Frames.videoConfig(0));
    publication.frame(Frames.audioConfig(0));
  }

  @Test
  void aPlayerThatJoinsGetsConfigurationsAndTheGopAndThenWhatComes() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
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
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
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
  void aFrameIsEncodedOnceForAllPlayersAndFlushedOnceAWindow() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    List<RecordingSink> sinks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RecordingSink sink = sink();
      sinks.add(sink);
      play(sink, TrackFilter.ALL, 100);
    }
    int before = TestForm.ENCODED.get();
    publication.frame(Frames.delta(40));
    publication.frame(Frames.delta(80));
    assertThat(sinks.getFirst().got()).doesNotContain("v40");
    pass(100);
    for (RecordingSink sink : sinks) {
      assertThat(sink.got()).endsWith("v40", "v80");
      assertThat(sink.flushes()).isEqualTo(2);
    }
    assertThat(TestForm.ENCODED.get() - before).isEqualTo(2);
  }

  @Test
  void whatIsReadAtOneMomentGoesOutInOnePieceEvenWithoutAWindow() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink one = sink();
    RecordingSink other = sink();
    play(one, TrackFilter.ALL, 0);
    Reader reader = play(other, TrackFilter.ALL, 0);
    publication.frame(Frames.delta(40));
    publication.frame(Frames.audio(45));
    publication.frame(Frames.delta(80));
    assertThat(one.got()).containsExactly("start audio video", "v0c", "a0c", "v0k", "v40", "a45k", "v80");
    assertThat(one.flushes()).isEqualTo(2);
    assertThat(one.writes()).isEqualTo(3 + 1);
    assertThat(other.got()).isEqualTo(one.got());
    assertThat(reader.session().frames()).isEqualTo(4);
  }

  @Test
  void aPlayerThatIsBehindGetsItsFramesOneByOneWhileOthersGetThemInOnePiece() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink quick = sink();
    RecordingSink slow = sink();
    play(quick, TrackFilter.ALL, 100);
    Reader reader = play(slow, TrackFilter.ALL, 100);
    slow.setWritable(false);
    publication.frame(Frames.delta(40));
    publication.frame(Frames.delta(80));
    pass(100);
    slow.setWritable(true);
    publication.frame(Frames.delta(120));
    publication.frame(Frames.delta(160));
    pass(100);
    assertThat(slow.got()).isEqualTo(quick.got()).endsWith("v40", "v80", "v120", "v160");
    assertThat(quick.writes()).isEqualTo(3 + 2);
    assertThat(slow.writes()).isEqualTo(3 + 4);
    assertThat(reader.session().frames()).isEqualTo(5);
  }

  @Test
  void soundAloneAndPicturesAloneCanBeAskedFor() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink sound = sink();
    RecordingSink pictures = sink();
    play(sound, TrackFilter.AUDIO_ONLY, 0);
    play(pictures, TrackFilter.VIDEO_ONLY, 0);
    publication.frame(Frames.audio(10));
    publication.frame(Frames.delta(40));
    assertThat(sound.got()).containsExactly("start audio", "a0c", "a10k");
    assertThat(pictures.got()).containsExactly("start video", "v0c", "v0k", "v40");
  }

  @Test
  void aSlowPlayerLosesWholeGopsButNoConfiguration() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink slow = sink();
    Reader reader = play(slow, TrackFilter.ALL, 0);
    slow.setWritable(false);
    for (int t = 40; t <= 2400; t += 40) {
      if (t == 1200) {
        send(publication, Frames.videoConfig(t, 7));
      }
      ticker.advance(40);
      send(publication, t % 1200 == 0 ? Frames.key(t) : Frames.delta(t));
    }
    send(publication, Frames.delta(2440));
    slow.setWritable(true);
    reader.drain();
    assertThat(slow.got())
        .startsWith("start audio video", "v0c", "a0c", "v0k", "v1160c", "v1200k", "v1240")
        .endsWith("v2400k", "v2440")
        .hasSize(5 + 32);
    assertThat(reader.session().droppedFrames()).isEqualTo(29);
    assertThat(reader.session().skips()).isEqualTo(1);
  }

  @Test
  void whatAnUpstreamSendsInOneBurstMakesNobodyLate() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink sink = sink();
    Reader reader = play(sink, TrackFilter.ALL, 0);
    sink.setWritable(false);
    for (int t = 40; t <= 10_000; t += 40) {
      send(publication, Frames.delta(t));
    }
    sink.setWritable(true);
    reader.drain();
    assertThat(sink.got()).endsWith("v9960", "v10000").hasSize(4 + 250);
    assertThat(reader.session().skips()).isZero();
  }

  @Test
  void aPlayerThatReadsNothingIsEnded() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink stuck = sink();
    play(stuck, TrackFilter.ALL, 0);
    stuck.setWritable(false);
    for (int t = 40; t < 12_000; t += 40) {
      send(publication, t % 1000 == 0 ? Frames.key(t) : Frames.delta(t));
      ticker.advance(40);
    }
    assertThat(stuck.ended()).isEqualTo(ErrorCode.PLAYER_STUCK);
  }

  @Test
  void aPlayerThatReadsNothingIsEndedThoughItSkipsToLiveForWantOfAKeyframe() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink stuck = sink();
    play(stuck, TrackFilter.ALL, 0);
    stuck.setWritable(false);
    for (int t = 40; t < 40_000; t += 40) {
      send(publication, Frames.delta(t));
      ticker.advance(40);
    }
    assertThat(stuck.ended()).isEqualTo(ErrorCode.PLAYER_STUCK);
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
  void newPlayersAreRefusedPastTheMemoryBudget() {
    memory = 2 << 20;
    assertThatThrownBy(() -> play(sink(), TrackFilter.ALL, 0))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
  }

  @Test
  void aRepeatedConfigurationIsNotSentAgainAndAChangedOneIs() {
    Publication publication = publish();
    open(publication);
    publication.frame(Frames.key(0));
    RecordingSink sink = sink();
    play(sink, TrackFilter.ALL, 0);
    publication.frame(Frames.videoConfig(40));
    publication.frame(Frames.videoConfig(80, 9));
    publication.frame(Frames.key(80));
    assertThat(sink.got()).endsWith("v0k", "v0c", "v80k");
  }
}
