package live.sluice.container.hls;

import static live.sluice.container.ts.TestFrames.AAC;
import static live.sluice.container.ts.TestFrames.AVC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import live.sluice.container.ts.ReadBack;
import live.sluice.container.ts.TestFrames;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HlsPackagerTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  /** The manual ticker's clock in seconds, and so the first media sequence. */
  private static final long FIRST = 1_700_000_000L;

  private final ManualTicker ticker = new ManualTicker();
  private Source source = Source.of(KEY, ticker);

  private HlsPackager packager() {
    return source.packager;
  }

  private ReadBack readBack(long sequence) {
    HlsSegment segment = packager().segment(7, sequence);
    assertThat(segment).isNotNull();
    ReadBack back = new ReadBack();
    back.read(segment.content());
    back.close();
    segment.release();
    assertThat(back.errors()).isZero();
    return back;
  }

  private static double seconds(String extinf) {
    return Double.parseDouble(extinf.replace(",", ""));
  }

  @AfterEach
  void close() {
    packager().close();
  }

  @Test
  void aPlaylistListsSegmentsThatBeginWithKeyframes() {
    source.start(7, 0).play(5_000, 1_000);

    assertThat(source.text())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:2
            #EXT-X-MEDIA-SEQUENCE:1700000000
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
            #EXTINF:1.000,
            x/7-1700000000.ts
            #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:21.000Z
            #EXTINF:2.000,
            x/7-1700000001.ts
            """);
  }

  @Test
  void aSegmentHoldsTablesAndAllOfItsFrames() {
    source.start(7, 0).play(4_000, 1_000);

    ReadBack back = readBack(FIRST + 1);
    assertThat(back.types()).hasSize(2);
    assertThat(back.video()).hasSize(50);
    assertThat(back.video().getFirst().randomAccess()).isTrue();
    assertThat(back.video().getFirst().dts()).isEqualTo(90 * 2_000);
  }

  @Test
  void olderSegmentsLeaveThePlaylistAndLaterTheMemory() {
    source.start(7, 0).play(41_040, 1_000);

    assertThat(source.lines("#EXTINF:")).hasSize(6);
    long last = source.playlist().lastSequence();
    assertThat(source.playlist().firstSequence()).isEqualTo(last - 5);
    assertThat(source.holds(7, last - 13)).isTrue();
    assertThat(source.holds(7, last - 14)).isFalse();
  }

  @Test
  void aSegmentThatIsBeingSentOutlivesItsPlaceInMemory() {
    source.start(7, 0).play(3_000, 1_000);
    HlsSegment segment = packager().segment(7, FIRST);
    ByteBuf sent = segment.content().retainedDuplicate();
    segment.release();

    packager().close();

    assertThat(sent.refCnt()).isPositive();
    assertThat(sent.getByte(0)).isEqualTo((byte) 0x47);
    sent.release();
    assertThat(packager().segment(7, FIRST)).isNull();
    assertThat(packager().playlist()).isNull();
  }

  @Test
  void longGopsAreCutBetweenKeyframesInEvenParts() {
    source.start(7, 0).play(40_000, 10_000);

    assertThat(source.text()).doesNotContain("INDEPENDENT");
    assertThat(source.lines("#EXTINF:")).hasSize(6).allMatch(s -> Math.abs(seconds(s) - 2) < 0.1);
    assertThat(source.number("#EXT-X-TARGETDURATION:")).isEqualTo(4);
  }

  @Test
  void gopsOfUpToTheLongestDurationStayWhole() {
    source.start(7, 0).play(16_000, 4_000);

    assertThat(source.lines("#EXTINF:")).containsOnly("4.000,");
    assertThat(source.text()).contains("INDEPENDENT", "#EXT-X-TARGETDURATION:4");
  }

  @Test
  void noSegmentIsShorterThanASecondSoThatSequencesNeverOvertakeTheClock() {
    source.start(7, 0).play(6_000, 960);

    assertThat(source.lines("#EXTINF:")).containsExactly("1.920,", "1.920,", "1.920,");
  }

  @Test
  void soundAloneIsCutByTime() {
    source = new Source(packager(), ticker, null, AAC);
    source.start(7, 0).play(7_800, 1_000);

    assertThat(source.lines("#EXTINF:")).containsExactly("1.000,", "2.000,", "2.000,", "2.000,");
    assertThat(source.text()).contains("INDEPENDENT");
  }

  @Test
  void picturesAloneNeedNoSound() {
    source = new Source(packager(), ticker, AVC, null);
    source.start(7, 0).play(6_000, 1_000);

    assertThat(source.lines("#EXTINF:")).containsExactly("1.000,", "2.000,", "2.000,");
  }

  @Test
  void whenPicturesStopTheSoundGoesOnInSegments() {
    source.start(7, 0).play(4_000, 1_000);
    Source sound = new Source(packager(), ticker, null, AAC);
    sound.dts = source.dts;
    sound.play(9_000, 1_000);

    assertThat(source.lines("#EXTINF:")).contains("4.000,");
  }

  @Test
  void theLastSegmentIsCompletedAtTheEndOfTheSource() {
    source.start(7, 0).play(3_400, 1_000);
    packager().onSourceEnded();

    assertThat(source.lines("#EXTINF:")).containsExactly("1.000,", "2.000,", "0.400,");
    assertThat(source.text()).doesNotContain("ENDLIST");
  }

  @Test
  void aVirtualHostAndAColonStandInTheAddresses() {
    packager().close();
    source = Source.of(new StreamKey("a+b.example", "live", "x:y"), ticker);
    source.start(7, 0).play(2_000, 1_000);

    assertThat(source.text()).contains("\n./x:y/7-1700000000.ts?vhost=a%2Bb.example\n");
  }

  @Test
  void soundThatIsThereBeforeTheFirstPictureIsKept() {
    source.start(7, 0);
    source.give(TestFrames.sound(AAC, 0, 10));
    source.give(TestFrames.sound(AAC, 21, 10));
    source.dts = 40;
    source.play(3_000, 1_000);

    assertThat(readBack(FIRST).audio().getFirst().pts()).isEqualTo(90_000);
    assertThat(source.lines("#EXTINF:").getFirst()).isEqualTo("1.000,");
  }

  @Test
  void aPublisherThatBeginsBetweenKeyframesIsShownFromTheNextOne() {
    source.start(7, 0);
    for (long i = 0; i < 5; i++) {
      source.give(TestFrames.delta(AVC, i * 40, 0, 10));
      source.give(TestFrames.sound(AAC, i * 40, 10));
    }
    source.dts = 200;
    source.play(3_000, 1_000);

    assertThat(source.text()).contains("INDEPENDENT").contains("#EXTINF:1.000,");
  }

  @Test
  void whoAsksBeforeTheFirstSegmentIsToldWhenItIsThere() {
    source.start(7, 0).play(1_000, 2_000);
    CompletableFuture<HlsPlaylist> asked = packager().firstPlaylist().toCompletableFuture();
    assertThat(asked).isNotDone();

    source.play(80, 2_000);

    assertThat(asked).isCompletedWithValue(source.playlist());
  }

  @Test
  void aStreamWithoutAnyTrackThatFitsIsNotSupported() {
    source = new Source(packager(), ticker, null, TestFrames.OPUS);
    source.start(7, 0).play(1_000, 1_000);

    assertThatThrownBy(() -> packager().firstPlaylist().toCompletableFuture().join())
        .hasCauseInstanceOf(SluiceException.class)
        .hasMessageContaining("HLS of live/x is not possible");
    assertThat(packager().playlist()).isNull();
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    source = new Source(packager(), ticker, AVC, TestFrames.OPUS);
    source.start(7, 0).play(4_000, 1_000);

    assertThat(readBack(FIRST).types()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsToldOfOnceAndNotWithEveryFrame() {
    // All that is said of HLS, whoever of the package says it.
    Logger log = (Logger) LoggerFactory.getLogger(HlsPackager.class.getPackageName());
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    log.setLevel(Level.INFO);
    log.addAppender(told);
    try {
      source = new Source(packager(), ticker, AVC, TestFrames.OPUS);
      source.start(7, 0).play(40_000, 1_000);
      assertThat(told.list).extracting(ILoggingEvent::getFormattedMessage).containsOnlyOnce(
          "HLS of live/x is without Opus: a transport stream can't hold it").hasSize(1);
    } finally {
      log.detachAppender(told);
      log.setLevel(null);
    }
  }

  @Test
  void whoWaitsForAStreamThatEndsIsTold() {
    CompletableFuture<HlsPlaylist> asked = packager().firstPlaylist().toCompletableFuture();
    source.start(7, 0).play(500, 1_000);
    packager().close();

    assertThat(asked).isCompletedExceptionally();
  }

  @Test
  void timesThatStandStillDoNotFillTheMemory() {
    packager().close();
    Duration s = Duration.ofSeconds(1);
    HlsSettings small = new HlsSettings(s, s.multipliedBy(2), 6, 8, 1 << 20, s.multipliedBy(60), 8, 1 << 20);
    source = new Source(new HlsPackager(KEY, small, ticker), ticker, AVC, AAC);
    source.start(7, 0).play(40, 1_000);
    for (int i = 0; i < 2_000; i++) {
      source.give(TestFrames.delta(AVC, 40, 0, 5_000));
    }

    long bytes = 0;
    for (long sequence = FIRST; sequence < FIRST + 200; sequence++) {
      HlsSegment segment = packager().segment(7, sequence);
      if (segment != null) {
        bytes += segment.content().capacity();
        segment.release();
      }
    }
    assertThat(bytes).isPositive().isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void aPauseOfThePublisherIsADiscontinuityAndNotALongSegment() {
    source.start(7, 0).play(4_000, 1_000);
    source.dts += 7_000;
    source.play(4_000, 1_000);

    assertThat(source.lines("#EXTINF:")).allMatch(s -> seconds(s) <= 2);
    assertThat(source.text()).contains("#EXT-X-DISCONTINUITY\n");
  }

  @Test
  void everySegmentOfThePlaylistCanBeHad() {
    source.start(7, 0).play(30_000, 1_000);

    List<String> uris = source.lines("x/");
    assertThat(uris).hasSize(6);
    for (String uri : uris) {
      HlsSegmentName name = HlsSegmentName.parse(uri);
      assertThat(source.holds(name.epoch(), name.sequence())).isTrue();
    }
  }
}
