package live.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void slotsLieApartAndThereAreAsManyAsThereMayBe() {
    Frames frames = new Frames(1024);
    Set<Long> addresses = new HashSet<>();
    for (int i = 0; i < 1024; i++) {
      addresses.add(frames.address(frames.take()) / Frames.SLOT);
    }
    assertThat(addresses).hasSize(1024);
    assertThat(frames.take()).isEqualTo(Frames.NONE);
  }

  @Test
  void theSlotThatWasGivenBackLastIsUsedNext() {
    Frames frames = new Frames(1024);
    int first = frames.take();
    int second = frames.take();
    frames.giveBack(second);
    frames.giveBack(first);
    assertThat(frames.take()).isEqualTo(first);
    assertThat(frames.take()).isEqualTo(second);
  }
}
