package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  @Test
  void whatCameIsSeenAndWhatDidNotIsNot() {
    ReplayWindow window = new ReplayWindow(128, 1000);
    window.mark(1005);

    assertThat(window.seen(1000)).isTrue();
    assertThat(window.seen(1005)).isTrue();
    assertThat(window.seen(1003)).isFalse();
    assertThat(window.seen(1006)).isFalse();
    assertThat(window.highest()).isEqualTo(1005);
  }

  @Test
  void whatIsOlderThanTheWindowCountsAsSeen() {
    ReplayWindow window = new ReplayWindow(128, 1000);

    assertThat(window.seen(873)).isFalse();
    assertThat(window.seen(872)).isTrue();
  }

  @Test
  void afterALongGapNothingOfOldIsTakenForNew() {
    ReplayWindow window = new ReplayWindow(128, 1000);
    window.mark(1000 + 128);

    assertThat(window.seen(1000)).isTrue();
    for (long index = 1001; index < 1128; index++) {
      assertThat(window.seen(index)).isFalse();
    }
  }

  @Test
  void itAgreesWithASetOfAllThatCame() {
    Random random = new Random(7);
    ReplayWindow window = new ReplayWindow(256, 40_000);
    Set<Long> came = new HashSet<>(Set.of(40_000L));
    for (int i = 0; i < 20_000; i++) {
      long index = window.highest() + random.nextInt(300) - 280;
      boolean expected = came.contains(index) || index <= window.highest() - 256;
      assertThat(window.seen(index)).isEqualTo(expected);
      if (!expected) {
        window.mark(index);
        came.add(index);
      }
    }
  }
}
