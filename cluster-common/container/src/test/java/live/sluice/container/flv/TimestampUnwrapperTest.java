package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampUnwrapperTest {
  private static final long WRAP = 1L << 32;

  private final TimestampUnwrapper clock = new TimestampUnwrapper();

  @Test
  void goesOnAcrossAWrap() {
    assertThat(clock.unwrap(0xfffffff0L)).isEqualTo(WRAP - 16);
    assertThat(clock.unwrap(4)).isEqualTo(WRAP + 4);
  }

  @Test
  void placesTracksThatInterleaveAroundAWrap() {
    assertThat(clock.unwrap(0xffffffe0L)).isEqualTo(WRAP - 32);
    assertThat(clock.unwrap(8)).isEqualTo(WRAP + 8);
    assertThat(clock.unwrap(0xfffffff8L)).isEqualTo(WRAP - 8);
    assertThat(clock.unwrap(0)).isEqualTo(WRAP);
    assertThat(clock.unwrap(0xffffffffL)).isEqualTo(WRAP - 1);
    assertThat(clock.unwrap(40)).isEqualTo(WRAP + 40);
  }

  @Test
  void isNotLedAstrayByConfigurationsStampedZero() {
    for (long real = 1L << 30; real < 5 * WRAP; real += 1L << 30) {
      assertThat(clock.unwrap(real)).isEqualTo(real);
      clock.unwrap(0);
      assertThat(clock.unwrap(real + 40)).isEqualTo(real + 40);
    }
  }

  @Test
  void startsAtTheFirstTimestampThatIsNotZero() {
    assertThat(clock.unwrap(0)).isZero();
    assertThat(clock.unwrap(3_000_000_000L)).isEqualTo(3_000_000_000L);
  }

  @Test
  void takesTheLow32BitsOfWhatItIsGiven() {
    assertThat(clock.unwrap(-1)).isEqualTo(WRAP - 1);
    assertThat(clock.unwrap(WRAP + 9)).isEqualTo(WRAP + 9);
  }

  @Test
  void followsTwoTracksThroughManyWraps() {
    Random random = new Random(1);
    long time = 1;
    while (time < 20 * WRAP) {
      long video = time + random.nextInt(2000);
      long audio = time + random.nextInt(2000);
      assertThat(clock.unwrap(video)).isEqualTo(video);
      assertThat(clock.unwrap(audio)).isEqualTo(audio);
      time += random.nextInt(1 << 30);
    }
  }
}
