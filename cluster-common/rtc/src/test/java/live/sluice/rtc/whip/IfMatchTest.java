package live.sluice.rtc.whip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class IfMatchTest {

  @Test
  void aHeaderThatIsNotThereIsNone() {
    assertThat(IfMatch.parse(null)).isNull();
    assertThat(IfMatch.parse("  ")).isNull();
  }

  @Test
  void aStarMatchesEverything() {
    IfMatch star = parse(" * ");
    assertThat(star.any()).isTrue();
    assertThat(star.matches("abc")).isTrue();
  }

  @Test
  void aTagMatchesItselfAndNoOther() {
    IfMatch tag = parse("\"abc\"");
    assertThat(tag.any()).isFalse();
    assertThat(tag.matches("abc")).isTrue();
    assertThat(tag.matches("abd")).isFalse();
    assertThat(tag.matches("\"abc\"")).isFalse();
  }

  @Test
  void oneOfSeveralTagsIsEnough() {
    assertThat(parse("\"x\", \"abc\"").matches("abc")).isTrue();
  }

  @Test
  void aWeakTagNeverMatches() {
    assertThat(parse("W/\"abc\"").matches("abc")).isFalse();
  }

  @Test
  void aTagWithoutQuotesIsTaken() {
    assertThat(parse("abc").matches("abc")).isTrue();
  }

  @Test
  void aStarInQuotesIsATag() {
    assertThat(parse("\"*\"").any()).isFalse();
  }

  @Test
  void theNumberOfTagsIsBounded() {
    assertThat(parse("\"x\",".repeat(1000)).tags()).hasSize(8);
  }

  private static IfMatch parse(String header) {
    return Objects.requireNonNull(IfMatch.parse(header));
  }
}
