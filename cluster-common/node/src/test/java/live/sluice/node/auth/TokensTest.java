package live.sluice.node.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import live.sluice.node.auth.Tokens.Wish;
import live.sluice.node.config.AuthSection;
import org.junit.jupiter.api.Test;

class TokensTest {
  private final AtomicReference<AuthSection> settings =
      new AtomicReference<>(new AuthSection(List.of("one", "two"), List.of()));
  private final Tokens tokens = new Tokens(settings::get);

  @Test
  void oneOfTheTokensIsEnough() {
    assertThatCode(() -> tokens.check(Wish.PUBLISH, "two")).doesNotThrowAnyException();
  }

  @Test
  void anythingElseIsRefused() {
    for (String shown : new String[] {null, "", "three", "on", "onetwo", "one "}) {
      assertThatThrownBy(() -> tokens.check(Wish.PUBLISH, shown))
          .isInstanceOfSatisfying(
              SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }
  }

  @Test
  void theMessageDoesNotShowWhatWasShown() {
    assertThatThrownBy(() -> tokens.check(Wish.PUBLISH, "three"))
        .hasMessageContaining("wrong")
        .hasMessageNotContaining("three");
  }

  @Test
  void whereNoneIsConfiguredEverybodyPasses() {
    assertThat(tokens.asked(Wish.PLAY)).isFalse();
    assertThatCode(() -> tokens.check(Wish.PLAY, null)).doesNotThrowAnyException();
  }

  @Test
  void aChangeHoldsAtOnce() {
    settings.set(new AuthSection(List.of("three"), List.of()));
    assertThatCode(() -> tokens.check(Wish.PUBLISH, "three")).doesNotThrowAnyException();
    assertThatThrownBy(() -> tokens.check(Wish.PUBLISH, "one")).isInstanceOf(SluiceException.class);
  }

  @Test
  void aBearerTokenIsReadFromItsHeader() {
    assertThat(Tokens.bearer("Bearer abc")).isEqualTo("abc");
    assertThat(Tokens.bearer("bearer  abc ")).isEqualTo("abc");
    assertThat(Tokens.bearer("Basic abc")).isNull();
    assertThat(Tokens.bearer("Bearer")).isNull();
    assertThat(Tokens.bearer(null)).isNull();
  }
}
