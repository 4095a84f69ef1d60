package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import org.junit.jupiter.api.Test;

/** What reaches each of a stream's players, how it is gathered, and what becomes of the slow ones. */
class FanOutTest extends StreamFixture {

  @Test
  void aFrameIsEncodedOnceForAllPlayersAndFlushedOnceAWindow() {
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
    Publication publication = publishFromKeyframe();
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
  void newPlayersAreRefusedPastTheMemoryBudget() {
    memory = 2 << 20;
    assertThatThrownBy(() -> play(sink(), TrackFilter.ALL, 0))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
  }
}
