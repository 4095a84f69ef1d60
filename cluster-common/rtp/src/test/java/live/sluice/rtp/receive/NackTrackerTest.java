package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import live.sluice.rtp.receive.NackTracker.Arrival;
import org.junit.jupiter.api.Test;

class NackTrackerTest {
  private static final long MS = 1_000_000;

  private final NackTracker tracker = new NackTracker();
  private final int[] into = new int[200];
  private long now = 5_000 * MS;

  private Arrival packet(int sequence) {
    return tracker.onPacket(sequence & 0xffff, now);
  }

  private void packets(int from, int to) {
    for (int i = from; i <= to; i++) {
      packet(i);
    }
  }

  private List<Integer> due() {
    return Arrays.stream(into, 0, tracker.due(now, into)).boxed().toList();
  }

  private List<Integer> dueAfter(long ms) {
    now += ms * MS;
    return due();
  }

  @Test
  void nothingIsAskedForWhereNothingIsMissing() {
    packets(65_530, 65_550);

    assertThat(dueAfter(500)).isEmpty();
    assertThat(tracker.missing()).isZero();
  }

  @Test
  void aGapIsAskedForAfterTheTimeOfReordering() {
    packet(65_534);
    packet(1);

    assertThat(due()).isEmpty();
    assertThat(dueAfter(9)).isEmpty();
    assertThat(dueAfter(1)).containsExactly(65_535, 0);
    assertThat(due()).isEmpty();
  }

  @Test
  void aGapThatManyOvertookIsAskedForAtOnce() {
    packet(1);
    packets(3, 9);
    assertThat(due()).isEmpty();

    packet(10);

    assertThat(due()).containsExactly(2);
  }

  @Test
  void whatComesInTimeIsNotAskedFor() {
    packet(1);
    packet(3);
    assertThat(packet(2)).isEqualTo(Arrival.LATE);

    assertThat(dueAfter(100)).isEmpty();
    assertThat(tracker.recovered()).isZero();
  }

  @Test
  void itIsAskedForAgainEveryRoundTrip() {
    packet(1);
    packet(3);
    assertThat(dueAfter(10)).containsExactly(2);
    assertThat(dueAfter(124)).isEmpty();
    assertThat(dueAfter(1)).containsExactly(2);
  }

  @Test
  void theRoundTripIsMeasuredByTheAnswers() {
    packet(1);
    packet(3);
    assertThat(dueAfter(10)).containsExactly(2);
    now += 40 * MS;
    packet(2);
    packet(5);

    assertThat(tracker.roundTripNanos()).isEqualTo(40 * MS);
    assertThat(tracker.recovered()).isEqualTo(1);
    assertThat(dueAfter(10)).containsExactly(4);
    assertThat(dueAfter(49)).isEmpty();
    assertThat(dueAfter(1)).containsExactly(4);
  }

  @Test
  void anAnswerTooSoonBelongsToTheFirstAsking() {
    packet(1);
    packet(3);
    dueAfter(10);
    assertThat(dueAfter(125)).containsExactly(2);
    now += 25 * MS;
    packet(2);

    assertThat(tracker.roundTripNanos()).isEqualTo(150 * MS);
  }

  @Test
  void repetitionsAreNotTooFast() {
    packet(1);
    packet(3);
    dueAfter(10);
    packet(2); // no time at all
    packet(5);
    dueAfter(10);
    assertThat(dueAfter(19)).isEmpty();
    assertThat(dueAfter(1)).containsExactly(4);
  }

  @Test
  void norTooSlow() {
    packet(1);
    packet(3);
    dueAfter(10);
    now += 900 * MS;
    packet(2);
    packet(5);
    dueAfter(10);
    assertThat(dueAfter(199)).isEmpty();
    assertThat(dueAfter(1)).containsExactly(4);
  }

  @Test
  void itIsGivenUpAfterTenTimes() {
    packet(1);
    packet(3);
    dueAfter(10);
    packet(2);
    packet(5);
    int asked = 0;
    for (int ms = 0; ms < 900; ms++) {
      asked += dueAfter(1).size();
    }

    assertThat(asked).isEqualTo(NackTracker.MAX_ASKED);
    assertThat(tracker.missing()).isZero();
    assertThat(tracker.givenUp()).isEqualTo(1);
    assertThat(tracker.takeKeyframeWanted()).isTrue();
    assertThat(tracker.takeKeyframeWanted()).isFalse();
  }

  @Test
  void itIsGivenUpAfterASecond() {
    packet(1);
    packet(3);
    assertThat(dueAfter(999)).containsExactly(2);
    assertThat(tracker.takeKeyframeWanted()).isFalse();
    assertThat(dueAfter(1)).isEmpty();
    assertThat(tracker.missing()).isZero();
    assertThat(tracker.takeKeyframeWanted()).isTrue();
  }

  @Test
  void whatWasGivenUpIsStillNewWhenItComes() {
    packet(1);
    packet(3);
    dueAfter(2000);

    assertThat(packet(2)).isEqualTo(Arrival.LATE);
    assertThat(packet(2)).isEqualTo(Arrival.DUPLICATE);
  }

  @Test
  void whatLiesBeforeAKeyframeIsNotAskedFor() {
    packet(1);
    packet(3);
    packet(5);
    tracker.onKeyframe(3, true);

    assertThat(dueAfter(10)).containsExactly(4);
  }

  @Test
  void whatMayBelongToAKeyframeIsAskedFor() {
    packet(1);
    packet(3);
    packet(6);
    tracker.onKeyframe(6, false);

    assertThat(dueAfter(10)).containsExactly(4, 5);
  }

  @Test
  void aKeyframeMakesTheWishForOneMoot() {
    packet(1);
    packet(3);
    dueAfter(1000);
    packet(4);
    tracker.onKeyframe(4, true);

    assertThat(tracker.takeKeyframeWanted()).isFalse();
  }

  @Test
  void aKeyframeBeforeWhatWasGivenUpDoesNotHelp() {
    packet(1);
    packet(4);
    dueAfter(1000);
    packet(2);
    tracker.onKeyframe(2, true);

    assertThat(tracker.takeKeyframeWanted()).isTrue();
  }

  @Test
  void wideGapsAreNotAskedFor() {
    packet(1);
    packet(1002);
    assertThat(tracker.missing()).isEqualTo(1000);
    assertThat(tracker.takeKeyframeWanted()).isFalse();

    packet(1004);

    assertThat(tracker.missing()).isZero();
    assertThat(tracker.takeKeyframeWanted()).isTrue();
    packet(1006);
    assertThat(dueAfter(10)).containsExactly(1005);
  }

  @Test
  void whatDoesNotFitIsDueAgain() {
    packet(1);
    packet(302);
    now += 10 * MS;

    assertThat(due()).hasSize(200).startsWith(2).endsWith(201);
    assertThat(due()).hasSize(100).startsWith(202).endsWith(301);
  }

  @Test
  void duplicatesAreKnown() {
    assertThat(packet(65_535)).isEqualTo(Arrival.NEWEST);
    assertThat(packet(65_535)).isEqualTo(Arrival.DUPLICATE);
    assertThat(packet(0)).isEqualTo(Arrival.NEWEST);
    assertThat(packet(65_535)).isEqualTo(Arrival.DUPLICATE);
    packets(1, 4094);
    assertThat(packet(65_535)).isEqualTo(Arrival.DUPLICATE);
    packet(4095);
    assertThat(packet(65_535)).isEqualTo(Arrival.TOO_OLD);
    assertThat(packet(65_535).isNew()).isFalse();
  }

  @Test
  void numbersAreNewAgainAfterAWrap() {
    for (int i = 0; i < 200_000; i++) {
      assertThat(packet(i)).isEqualTo(Arrival.NEWEST);
    }
    assertThat(dueAfter(1000)).isEmpty();
  }

  @Test
  void oneThatCameBeforeTheFirstIsNew() {
    packet(0);

    assertThat(packet(-1)).isEqualTo(Arrival.LATE);
    assertThat(packet(-1)).isEqualTo(Arrival.DUPLICATE);
  }

  @Test
  void aSequenceThatBeginsAnewIsBelievedWhenASecondPacketFollows() {
    packets(30_000, 30_010);
    assertThat(packet(100)).isEqualTo(Arrival.TOO_OLD);
    assertThat(packet(30_011)).isEqualTo(Arrival.NEWEST);
    assertThat(packet(101)).isEqualTo(Arrival.TOO_OLD);

    assertThat(packet(102)).isEqualTo(Arrival.NEWEST);

    assertThat(tracker.takeKeyframeWanted()).isTrue();
    packet(104);
    assertThat(dueAfter(10)).containsExactly(103);
  }
}
