package live.sluice.container.hls;

import static live.sluice.container.ts.TestFrames.AAC;
import static live.sluice.container.ts.TestFrames.AVC;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import live.sluice.container.ts.TestFrames;
import live.sluice.media.Frame;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Media and discontinuity sequences over republishing, owners, and what happens within an epoch. */
class HlsSequencesTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final String TAG = "#EXT-X-DISCONTINUITY\n";

  private final ManualTicker ticker = new ManualTicker();
  private final Source source = Source.of(KEY, ticker);

  @AfterEach
  void close() {
    source.packager.close();
  }

  @Test
  void aRepublishSoonAfterGoesOnInTheSamePlaylist() {
    source.start(7, 3).play(4_000, 1_000);
    source.packager.onSourceEnded();
    ticker.advance(5_000);
    source.start(8, 4).play(4_000, 1_000);

    assertThat(source.text().lines().filter(line -> !line.startsWith("#EXT-X-PROGRAM")).skip(3).toList())
        .containsExactly(
            "#EXT-X-MEDIA-SEQUENCE:1700000000",
            "#EXT-X-DISCONTINUITY-SEQUENCE:3",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            "#EXTINF:1.000,",
            "x/7-1700000000.ts",
            "#EXTINF:2.000,",
            "x/7-1700000001.ts",
            "#EXTINF:1.000,",
            "x/7-1700000002.ts",
            "#EXT-X-DISCONTINUITY",
            "#EXTINF:2.000,",
            "x/8-1700000003.ts");
    source.play(20_000, 1_000);
    assertThat(source.number("#EXT-X-DISCONTINUITY-SEQUENCE:")).isEqualTo(4);
    assertThat(source.text()).doesNotContain(TAG);
  }

  @Test
  void aRepublishLongAfterListsNoOldSegmentsButGoesOn() {
    source.start(7, 0).play(4_000, 1_000);
    source.packager.onSourceEnded();
    ticker.advance(60_000);
    source.start(8, 1).play(4_000, 1_000);

    assertThat(source.number("#EXT-X-MEDIA-SEQUENCE:")).isEqualTo(1_700_000_003L);
    assertThat(source.number("#EXT-X-DISCONTINUITY-SEQUENCE:")).isEqualTo(1);
    assertThat(source.text()).doesNotContain("x/7-");
    assertThat(source.holds(7, 1_700_000_002L)).as("a cached playlist may list it").isTrue();
  }

  @Test
  void afterAnotherOwnerThePlaylistBeginsAnewAndAhead() {
    source.start(7, 0).play(4_000, 1_000);
    source.packager.onSourceEnded();
    HlsPackager other = new HlsPackager(KEY, HlsSettings.defaults(), ticker);
    Source elsewhere = new Source(other, ticker, AVC, AAC);
    elsewhere.start(8, 1).play(6_000, 1_000);
    assertThat(elsewhere.playlist().firstSequence()).isGreaterThan(source.playlist().lastSequence());
    assertThat(elsewhere.playlist().discontinuitySequence()).isEqualTo(1);

    source.start(9, 2);
    assertThat(source.packager.playlist()).as("the old one would go back behind the other owner's").isNull();
    assertThat(source.packager.firstPlaylist().toCompletableFuture()).isNotDone();
    source.play(4_000, 1_000);

    assertThat(source.playlist().firstSequence()).isGreaterThan(elsewhere.playlist().lastSequence());
    assertThat(source.playlist().discontinuitySequence()).isEqualTo(2);
    assertThat(source.text()).doesNotContain("x/7-");
    other.close();
  }

  @Test
  void anotherConfigurationIsADiscontinuityThatCounts() {
    source.start(7, 5).play(4_000, 1_000);
    Source other = new Source(source.packager, ticker, TestFrames.OTHER_AVC, AAC);
    other.dts = source.dts;
    other.give(TestFrames.config(TestFrames.OTHER_AVC, other.dts));
    other.play(24_000, 1_000);

    assertThat(source.number("#EXT-X-DISCONTINUITY-SEQUENCE:")).isEqualTo(6);
    assertThat(source.packager.discontinuitySequence()).isEqualTo(6);
    source.packager.onSourceEnded();
    source.dts = other.dts;
    source.start(8, 6).play(20_000, 1_000);
    assertThat(source.number("#EXT-X-DISCONTINUITY-SEQUENCE:")).as("never twice the same").isEqualTo(7);
  }

  @Test
  void theSameConfigurationAgainChangesNothing() {
    source.start(7, 0).play(2_000, 1_000);
    source.give(new Frame(AVC, source.dts, 0, true, true, ByteBufAllocator.DEFAULT.directBuffer(1)));
    source.play(4_000, 1_000);

    assertThat(source.text()).doesNotContain(TAG);
  }

  @Test
  void aTrackThatComesLaterIsInTheNextSegment() {
    Source pictures = new Source(source.packager, ticker, AVC, null);
    pictures.start(7, 0).play(3_000, 1_000);
    source.dts = pictures.dts;
    source.give(TestFrames.config(AAC, source.dts));
    source.play(4_000, 1_000);

    assertThat(source.text()).contains(TAG);
  }

  @Test
  void anEpochWithoutSegmentsLeavesNoTrace() {
    source.start(7, 0).play(4_000, 1_000);
    source.packager.onSourceEnded();
    source.start(8, 1);
    source.packager.onSourceEnded();
    source.start(9, 2).play(4_000, 1_000);

    assertThat(source.playlist().discontinuitySequence()).isEqualTo(2);
    assertThat(source.text()).doesNotContain("x/7-").doesNotContain("x/8-");
  }
}
