package live.sluice.bench.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.bench.measure.BenchClock;
import live.sluice.bench.measure.Deadlines;
import live.sluice.bench.measure.PlayMeters;
import live.sluice.bench.measure.PlaySummary;
import org.junit.jupiter.api.Test;

class DeliveredTrackTest {
  private static final long MS = 1_000_000;
  private static final long WALL = 1_700_000_000_000_000_000L;
  private static final int TICKS = 3_000;

  private long now;
  private final BenchClock clock = new BenchClock(() -> now, () -> WALL + now);
  private final PlayMeters meters =
      new PlayMeters(clock, PlayMeters.Settings.DEFAULT.within(new Deadlines(100 * MS, 400 * MS)));
  private final DeliveredTrack track = new DeliveredTrack(meters.packets().delivery(), true, 90_000);

  /** Of a picture that was sent at that moment, whose clock is in this packet. */
  private void first(int sequence, long sentMs, long arrivesMs) {
    at(arrivesMs);
    track.onPacket(sequence, timestamp(sentMs), WALL + sentMs * MS);
  }

  private void more(int sequence, long sentMs, long arrivesMs) {
    at(arrivesMs);
    track.onPacket(sequence, timestamp(sentMs), Pictures.NO_CLOCK);
  }

  private void at(long ms) {
    now = ms * MS;
    clock.read();
  }

  private static int timestamp(long sentMs) {
    return (int) (sentMs * 90);
  }

  private PlaySummary.PacketsInTime pictures() {
    return PlaySummary.of(meters.totals(), 1).delivered().pictures();
  }

  @Test
  void allPacketsOfAPictureWereSentWhenItsFirstOneSays() {
    meters.begin();
    first(65_534, 0, 50);
    more(65_535, 0, 100);
    more(0, 0, 101);
    assertThat(pictures().expected()).isEqualTo(3);
    assertThat(pictures().inTime()).isEqualTo(2);
    assertThat(pictures().latencyMs().max()).isBetween(100.9, 101.1);
  }

  @Test
  void whatNeverComesIsExpectedAndWhatIsLateIsReceived() {
    meters.begin();
    first(10, 0, 50);
    more(12, 0, 60);
    first(14, 33, 80);
    more(11, 0, 150);
    assertThat(pictures().expected()).isEqualTo(5);
    assertThat(pictures().received()).isEqualTo(4);
    assertThat(pictures().inTime()).isEqualTo(3);
  }

  @Test
  void packetsWaitForThePictureThatTheyAreOf() {
    meters.begin();
    more(11, 0, 60);
    assertThat(pictures().inTime()).isZero();
    // It is one from before the window, and tells the clock all the same.
    first(10, 0, 500);
    assertThat(pictures().received()).isEqualTo(1);
    assertThat(pictures().inTime()).isEqualTo(1);
  }

  @Test
  void whereAClockNeverComesThatOfAnotherPictureTells() {
    meters.begin();
    first(10, 0, 50);
    more(12, 33, 140);
    first(13, 2_000, 2_050);
    assertThat(pictures().inTime()).isEqualTo(2);
    assertThat(pictures().latencyMs().max()).as("33 ms later by its timestamp").isBetween(106.9, 107.1);
  }

  @Test
  void onlyWhatBeginsWithinTheWindowCounts() {
    first(1, 0, 50);
    meters.begin();
    first(2, 33, 83);
    meters.settle();
    first(4, 99, 149);
    more(3, 66, 150);
    more(1, 0, 151);
    assertThat(pictures().expected()).isEqualTo(1);
    assertThat(pictures().received()).isEqualTo(1);
  }

  @Test
  void anotherSourceHasOtherNumbersAndIsNoLoss() {
    meters.begin();
    first(10, 0, 50);
    track.restart();
    first(40_000, TICKS, TICKS + 50);
    first(50_000, TICKS + 33, TICKS + 83);
    assertThat(pictures().expected()).isEqualTo(3);
    assertThat(pictures().inTime()).isEqualTo(3);
  }
}
