package live.sluice.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.bridge.audio.SampleClock.Step;
import org.junit.jupiter.api.Test;

class SampleClockTest {
  private static final long MS = 48;
  private static final long FRAME = 1024;

  private final SampleClock rough = new SampleClock(false);
  private final SampleClock exact = new SampleClock(true);

  @Test
  void beginsWhereTheFirstFrameIs() {
    assertThat(rough.next(5_000 * MS, FRAME, 16, false)).isEqualTo(Step.JUMP);
    assertThat(rough.end()).isEqualTo(5_000 * MS - 16);
  }

  @Test
  void writesFramesWhoseTimesAreRounded() {
    for (int i = 0; i < 2_000; i++) {
      long pts = Math.round(i * 1024 / 44.1) * MS;
      long length = Math.round(1024 * 48 / 44.1);
      Step step = rough.next(pts, length, 0, false);
      assertThat(step).isEqualTo(i == 0 ? Step.JUMP : Step.WRITE);
      rough.wrote(Math.round((i + 1) * 1024 * 48 / 44.1) - Math.round(i * 1024 * 48 / 44.1));
      assertThat(rough.stretch()).isZero();
    }
  }

  @Test
  void fillsAGapThatStays() {
    play(rough, 0, 10);
    long gap = 100 * MS;

    int before = 0;
    Step step = Step.WRITE;
    long at = rough.end() + gap;
    while (step == Step.WRITE) {
      step = rough.next(at, FRAME, 0, false);
      if (step == Step.WRITE) {
        rough.wrote(FRAME);
        at += FRAME;
        before++;
      }
    }

    assertThat(step).isEqualTo(Step.FILL);
    assertThat(rough.fill()).isEqualTo(gap);
    assertThat(before).isBetween(4, 10);
  }

  @Test
  void fillsALargeGapAtOnce() {
    play(rough, 0, 10);

    assertThat(rough.next(rough.end() + 400 * MS, FRAME, 0, false)).isEqualTo(Step.FILL);
    assertThat(rough.fill()).isEqualTo(400 * MS);
  }

  @Test
  void doesNotTakeJitterForAGap() {
    for (int i = 0; i < 1_000; i++) {
      long jitter = MS * 30 * (i % 5);
      Step step = rough.next(i * FRAME + jitter, FRAME, 0, false);
      assertThat(step).isNotIn(Step.FILL, Step.SKIP);
      rough.wrote(FRAME);
    }
  }

  @Test
  void leavesFramesOutWhenTooMuchCame() {
    play(rough, 0, 10);
    long at = rough.end() - 200 * MS;

    int skipped = 0;
    for (int i = 0; i < 40; i++) {
      if (rough.next(at, FRAME, 0, false) == Step.SKIP) {
        skipped++;
      } else {
        rough.wrote(FRAME);
      }
      at += FRAME;
    }

    assertThat(skipped).isEqualTo(200 * MS / 1024);
    assertThat(Math.abs(at - rough.end())).isLessThan(FRAME);
  }

  @Test
  void beginsAnewAfterAJumpAndWhenToldTo() {
    play(rough, 0, 10);

    assertThat(rough.next(3_600_000L * MS, FRAME, 0, false)).isEqualTo(Step.JUMP);
    rough.wrote(FRAME);
    assertThat(rough.next(0, FRAME, 0, false)).isEqualTo(Step.JUMP);
    rough.wrote(FRAME);
    assertThat(rough.next(FRAME + 50 * MS, FRAME, 0, true)).isEqualTo(Step.JUMP);
    assertThat(rough.end()).isEqualTo(FRAME + 50 * MS);
  }

  @Test
  void stretchesWhatDrifts() {
    // The publisher's sound card is 0.1 % slow: after 100 s, its times are 100 ms ahead of its samples.
    long frames = 100L * 48_000 / FRAME;
    long worst = 0;
    for (int i = 0; i < frames; i++) {
      long pts = Math.round(i * FRAME * 1.001);
      rough.next(pts, FRAME, 0, false);
      worst = Math.max(worst, Math.abs(pts - rough.end()));
      rough.wrote(FRAME);
      rough.wrote(rough.stretch());
    }

    assertThat(worst).isLessThan(15 * MS);
  }

  @Test
  void fillsEveryGapOfExactTimesAtOnce() {
    play(exact, 0, 10);

    assertThat(exact.next(exact.end() + 960, 960, 0, false)).isEqualTo(Step.FILL);
    assertThat(exact.fill()).isEqualTo(960);
  }

  @Test
  void leavesOutWhatComesTwiceWithExactTimes() {
    play(exact, 0, 10);

    assertThat(exact.next(exact.end() - 960, 960, 0, false)).isEqualTo(Step.SKIP);
    assertThat(exact.next(exact.end(), 960, 0, false)).isEqualTo(Step.WRITE);
  }

  private static void play(SampleClock clock, long from, int frames) {
    for (int i = 0; i < frames; i++) {
      clock.next(from + i * FRAME, FRAME, 0, false);
      clock.wrote(FRAME);
    }
  }
}
