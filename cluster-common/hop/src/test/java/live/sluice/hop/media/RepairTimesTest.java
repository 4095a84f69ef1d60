package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTimesTest {
  private static final long MS = 1_000_000;

  @ParameterizedTest
  @CsvSource({"1, 200", "50, 200", "112, 200", "200, 310", "272, 400", "1000, 400"})
  void theDeadlineHasBounds(long roundTripMs, long deadlineMs) {
    assertThat(RepairTimes.deadline(roundTripMs * MS)).isEqualTo(deadlineMs * MS);
  }

  @ParameterizedTest
  @CsvSource({"200, 0.01, true", "90, 0.005, true", "89, 0.03, false", "300, 0.004, false"})
  void repairsGoTwiceOnLongWaysThatLose(long roundTripMs, double loss, boolean twice) {
    assertThat(RepairTimes.isDoubled(roundTripMs * MS, loss)).isEqualTo(twice);
  }

  @ParameterizedTest
  @CsvSource({"200, true, true", "130, true, true", "129, true, false", "300, false, false"})
  void soundGoesTwiceOnWaysThatAreTooLongForItsRepair(long roundTripMs, boolean loses, boolean twice) {
    assertThat(RepairTimes.isSoundDoubled(roundTripMs * MS, loses)).isEqualTo(twice);
  }

  @Test
  void aRoundTripThatIsNotKnownIsTakenToBeLong() {
    assertThat(RepairTimes.roundTrip(-1)).isEqualTo(200 * MS);
    assertThat(RepairTimes.roundTrip(0)).isEqualTo(200 * MS);
    assertThat(RepairTimes.roundTrip(Long.MAX_VALUE)).isEqualTo(10_000 * MS);
  }
}
