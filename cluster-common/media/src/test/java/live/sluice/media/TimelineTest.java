package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline();

  @Test
  void theFirstSourceKeepsItsTimes() {
    assertThat(timeline.map(MediaKind.VIDEO, 5_000)).isEqualTo(5_000);
    assertThat(timeline.map(MediaKind.AUDIO, 4_990)).isEqualTo(4_990);
    assertThat(timeline.map(MediaKind.VIDEO, 5_040)).isEqualTo(5_040);
    assertThat(timeline.jumped()).isFalse();
  }

  @Test
  void aSecondSourceGoesOnWhereTheFirstEnded() {
    timeline.map(MediaKind.VIDEO, 90_000);
    timeline.sourceChanged();
    assertThat(timeline.map(MediaKind.VIDEO, 0)).isEqualTo(90_040);
    assertThat(timeline.jumped()).isTrue();
    assertThat(timeline.map(MediaKind.AUDIO, 20)).isEqualTo(90_060);
    assertThat(timeline.jumped()).isFalse();
  }

  @Test
  void aJumpOfTheSourcesClockIsClosedForAllTracksAlike() {
    timeline.map(MediaKind.VIDEO, 1_000);
    timeline.map(MediaKind.AUDIO, 1_000);
    assertThat(timeline.map(MediaKind.VIDEO, 3_600_000)).isEqualTo(1_040);
    assertThat(timeline.map(MediaKind.AUDIO, 3_600_010)).isEqualTo(1_050);
    assertThat(timeline.map(MediaKind.VIDEO, 0)).isEqualTo(1_090);
  }

  @Test
  void smallDisorderIsFlattenedWithinATrackOnly() {
    timeline.map(MediaKind.VIDEO, 1_000);
    assertThat(timeline.map(MediaKind.VIDEO, 980)).isEqualTo(1_000);
    assertThat(timeline.map(MediaKind.AUDIO, 980)).isEqualTo(980);
  }

  @Test
  void eightHoursWithRestartsAndJumpsNeverGoBack() {
    long last = Long.MIN_VALUE;
    long raw = 0;
    for (int i = 0; i < 8 * 3600 * 25; i++) {
      if (i % 90_000 == 89_999) {
        timeline.sourceChanged();
        raw = 0;
      } else if (i % 50_000 == 49_999) {
        raw += 1_000_000_000L;
      }
      long out = timeline.map(MediaKind.VIDEO, raw);
      assertThat(out).isGreaterThanOrEqualTo(last);
      if (last != Long.MIN_VALUE) {
        assertThat(out - last).isLessThanOrEqualTo(40);
      }
      last = out;
      raw += 40;
    }
  }
}
