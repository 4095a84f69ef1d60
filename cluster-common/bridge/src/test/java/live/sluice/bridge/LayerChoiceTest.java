package live.sluice.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerChoiceTest {
  private static final long SECOND = 1_000_000_000;

  private final LayerChoice choice = new LayerChoice();

  @Test
  void takesTheFirstLayerThatComes() {
    assertThat(choice.changes(1, false, 0)).isFalse();
    assertThat(choice.layer()).isEqualTo(1);
  }

  @Test
  void goesUpAtAKeyframeOnly() {
    choice.changes(0, true, 0);

    assertThat(choice.changes(2, false, 1)).isFalse();
    assertThat(choice.layer()).isZero();
    assertThat(choice.changes(2, true, 2)).isTrue();
    assertThat(choice.layer()).isEqualTo(2);
  }

  @Test
  void goesDownWhenNothingComesOfItsOwn() {
    choice.changes(2, true, 0);

    assertThat(choice.changes(1, true, SECOND / 2)).isFalse();
    assertThat(choice.changes(1, false, 3 * SECOND)).isFalse();
    assertThat(choice.changes(1, true, 3 * SECOND)).isTrue();
    assertThat(choice.layer()).isEqualTo(1);
  }
}
