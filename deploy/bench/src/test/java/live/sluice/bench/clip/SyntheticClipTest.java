package live.sluice.bench.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.SenderClock;
import live.sluice.bench.scan.VideoHead;
import live.sluice.media.codec.AvcSps;
import org.junit.jupiter.api.Test;

class SyntheticClipTest {
  private final Clip clip = SyntheticClip.of(1_000_000, 30, Duration.ofSeconds(2));

  private List<ClipUnit> of(int type) {
    return clip.units().stream().filter(unit -> unit.type() == type).toList();
  }

  @Test
  void theBitRateIsThatWhichWasAskedFor() {
    assertThat(clip.bitrate()).isCloseTo(1_000_000, within(10_000.0));
    long sound = of(8).stream().mapToLong(ClipUnit::length).sum() * 8_000 / clip.durationMs();
    assertThat(sound).isBetween(125_000L, 131_000L);
  }

  @Test
  void keyframesComeEachGopAndAreLarger() {
    List<ClipUnit> pictures = of(9);
    for (int i = 0; i < pictures.size(); i++) {
      assertThat(pictures.get(i).keyframe()).isEqualTo(i % 60 == 0);
      assertThat(VideoHead.isKeyframe(pictures.get(i).prefix(), 5)).isEqualTo(i % 60 == 0);
    }
    assertThat(pictures.getFirst().length()).isGreaterThan(4 * pictures.get(1).length());
  }

  @Test
  void timesGoOnOverTheEndWithoutAGap() {
    assertThat(clip.durationMs()).isEqualTo(8_000);
    for (int type : new int[] {8, 9}) {
      List<ClipUnit> units = of(type);
      long last = 0;
      for (ClipUnit unit : units) {
        assertThat(unit.dtsMs() - last).isBetween(0L, 34L);
        last = unit.dtsMs();
      }
      assertThat(clip.durationMs() - last).isBetween(21L, 34L);
    }
  }

  @Test
  void eachPictureHasRoomForTheClockWithinItsFirstBytes() {
    for (ClipUnit unit : of(9)) {
      assertThat(unit.clock()).isTrue();
      byte[] prefix = unit.prefix().clone();
      SenderClock.set(prefix, prefix.length, 1_700_000_000_123_456_789L);
      assertThat(SenderClock.find(prefix, prefix.length)).isEqualTo(1_700_000_000_123_456_789L);
    }
  }

  @Test
  void theSpsIsUnderstood() {
    AvcSps sps = AvcSps.parse(GreyH264.sps());
    assertThat(sps.width()).isEqualTo(640);
    assertThat(sps.height()).isEqualTo(360);
  }

  @Test
  void aBitRateThatIsTooLowIsRefused() {
    assertThatThrownBy(() -> SyntheticClip.of(140_000, 60, Duration.ofSeconds(1))).isInstanceOf(BenchException.class);
  }
}
