package live.sluice.rtc.ice;

import static live.sluice.rtc.ice.Checks.AWAY;
import static live.sluice.rtc.ice.Checks.HOME;
import static live.sluice.rtc.ice.Checks.MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class IcePathsTest {
  private static final long START = Long.MAX_VALUE - 1_000 * MS;

  private final IcePaths paths = new IcePaths(IceSettings.DEFAULT);

  @Test
  void theFirstPathIsTakenEvenWhereItIsNotNominated() {
    assertThat(check(HOME, 1, false, 0).isSelected()).isTrue();
    assertThat(selected()).isEqualTo(HOME);
  }

  @Test
  void aNominatedPathReplacesOneThatNeverWas() {
    check(HOME, 900, false, 0);
    assertThat(check(AWAY, 1, true, 1).isSelected()).isTrue();
    assertThat(selected()).isEqualTo(AWAY);
  }

  @Test
  void ofPathsThatAreAllNominatedTheBestIsKept() {
    check(HOME, 900, true, 0);
    check(AWAY, 100, true, 10);
    assertThat(selected()).isEqualTo(HOME);

    check(AWAY, 950, true, 20);
    assertThat(selected()).isEqualTo(AWAY);
  }

  @Test
  void aPeerThatWentToALesserPathIsFollowedSoon() {
    check(HOME, 900, true, 0);
    // The old path may still be checked, as a reserve.
    check(HOME, 900, false, 490);
    check(AWAY, 100, true, 400);
    assertThat(selected()).isEqualTo(HOME);

    check(AWAY, 100, true, 501);
    assertThat(selected()).isEqualTo(AWAY);
  }

  @Test
  void aPeerWhoseAddressChangedGoesOnAtOnce() {
    check(HOME, 900, true, 0);
    assertThat(check(AWAY, 900, true, 1).isSelected()).isTrue();
  }

  @Test
  void aPeerThatNeverNominatesIsFollowedOnceItsPathIsSilent() {
    check(HOME, 1, false, 0);
    check(AWAY, 900, false, 2_900);
    assertThat(selected()).isEqualTo(HOME);

    check(AWAY, 900, false, 3_001);
    assertThat(selected()).isEqualTo(AWAY);
  }

  @Test
  void aNominatedPathIsKeptAgainstCheckedOnesAsLongAsItIsAlive() {
    check(HOME, 1, true, 0);
    for (int ms = 1_000; ms < 20_000; ms += 1_000) {
      check(HOME, 1, true, ms);
      check(AWAY, 900, false, ms + 10);
    }
    assertThat(selected()).isEqualTo(HOME);
  }

  @Test
  void moreAddressesThanAllowedForgetTheLongestSilentButNeverTheSelected() {
    check(HOME, 1, true, 0);
    for (int i = 1; i < 8; i++) {
      assertThat(check(at(i), 0, false, i).forgotten()).isNull();
    }
    assertThat(check(at(8), 0, false, 8).forgotten()).isEqualTo(new IcePath(at(1), false));
    check(at(2), 0, false, 9);
    assertThat(check(at(9), 0, false, 10).forgotten()).isEqualTo(new IcePath(at(3), false));
    assertThat(paths.all()).hasSize(8);
    assertThat(selected()).isEqualTo(HOME);
  }

  @Test
  void udpAndTcpFromOneAddressAreTwoPaths() {
    paths.checked(HOME, false, 1, true, START);
    assertThat(paths.checked(HOME, true, 1, true, START).isNew()).isTrue();
    assertThat(paths.selected()).isEqualTo(new IcePath(HOME, true));
    assertThat(paths.selected()).hasToString("tcp 203.0.113.1 40001");
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress("192.0.2.1", port);
  }

  private InetSocketAddress selected() {
    return paths.selected().remote();
  }

  private IcePaths.Change check(InetSocketAddress from, long priority, boolean nominates, long ms) {
    return paths.checked(from, false, priority, nominates, START + ms * MS);
  }
}
