package live.sluice.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
  @Test
  void newOnesAreLongValidAndNeverTheSame() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      IceCredentials one = IceCredentials.random();
      assertThat(one.ufrag()).hasSizeGreaterThanOrEqualTo(8);
      assertThat(one.pwd()).hasSizeGreaterThanOrEqualTo(24);
      assertThat(one.valid()).isTrue();
      assertThat(seen.add(one.ufrag()) && seen.add(one.pwd())).isTrue();
    }
  }

  @Test
  void whatAPeerSendsIsHeldAgainstTheGrammar() {
    String pwd = "p".repeat(22);
    assertThat(new IceCredentials("abc+", pwd).valid()).isTrue();
    assertThat(new IceCredentials("abc", pwd).valid()).isFalse();
    assertThat(new IceCredentials("ab:c", pwd).valid()).isFalse();
    assertThat(new IceCredentials("a".repeat(257), pwd).valid()).isFalse();
    assertThat(new IceCredentials("abcd", "p".repeat(21)).valid()).isFalse();
    assertThat(new IceCredentials("abcd", "p".repeat(257)).valid()).isFalse();
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(new IceCredentials("abcd", "secret").toString()).contains("abcd").doesNotContain("secret");
  }
}
