package live.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class UnitsTest {

  @Test
  void timesHaveUnitsAndAreSecondsWithoutOne() {
    assertThat(Units.duration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Units.duration("1.5s")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(Units.duration("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Units.duration("20")).isEqualTo(Duration.ofSeconds(20));
    assertThatThrownBy(() -> Units.duration("soon")).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void bitRatesAreInPowersOfAThousand() {
    assertThat(Units.bitrate("1M")).isEqualTo(1_000_000);
    assertThat(Units.bitrate("800k")).isEqualTo(800_000);
    assertThat(Units.bitrate("2.5Mb/s")).isEqualTo(2_500_000);
    assertThatThrownBy(() -> Units.bitrate("fast")).isInstanceOf(TypeConversionException.class);
  }
}
