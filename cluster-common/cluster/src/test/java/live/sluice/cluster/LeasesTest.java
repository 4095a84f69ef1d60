package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import live.sluice.cluster.Leases.Health;
import live.sluice.media.NodeInfo;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final NodeInfo NODE = Region.node("n", NodeInfo.Role.ORIGIN);
  private static final String MEMBER = "member";

  private final Leases leases = new Leases(5_000);

  private void renew(long renewals, long now) {
    leases.seen(new NodeRecord(NODE, MEMBER, renewals, 0, 0, 0), now);
  }

  private Health health(long now) {
    return leases.health(NODE, now);
  }

  @Test
  void aNodeLivesOnceItsRenewalsAreSeenToAdvance() {
    renew(7, 1_000);
    assertThat(health(1_000)).isEqualTo(Health.UNPROVEN);
    renew(7, 1_500);
    assertThat(health(1_500)).isEqualTo(Health.UNPROVEN);
    renew(8, 2_000);
    assertThat(health(2_000)).isEqualTo(Health.LIVE);
  }

  @Test
  void aLeaseEndsOnlyWhileOurOwnRenewalsGetThrough() {
    renew(1, 1_000);
    renew(2, 2_000);
    leases.healthy(2_000);
    assertThat(health(60_000)).isEqualTo(Health.LIVE);
    leases.healthy(7_001);
    assertThat(health(7_001)).isEqualTo(Health.SUSPECT);
    renew(3, 7_100);
    assertThat(health(7_100)).isEqualTo(Health.LIVE);
  }

  @Test
  void timeStartsAnewWhenWeComeBack() {
    renew(1, 1_000);
    renew(2, 2_000);
    leases.restart(60_000);
    leases.healthy(60_000);
    assertThat(health(60_000)).isEqualTo(Health.UNPROVEN);
    leases.healthy(65_001);
    assertThat(health(65_001)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void oneThatDoesNotAnswerIsGoneAndOneThatDoesIsNot() {
    renew(1, 1_000);
    renew(2, 2_000);
    leases.memberLeft(MEMBER);
    assertThat(health(2_000)).isEqualTo(Health.SUSPECT);
    assertThat(leases.toProbe(2_000)).containsExactly(NODE);
    assertThat(leases.toProbe(2_100)).isEmpty();
    leases.probed(NODE, true);
    assertThat(health(2_100)).isEqualTo(Health.SUSPECT);
    assertThat(leases.statuses()).hasSize(1);
    assertThat(leases.toProbe(4_100)).containsExactly(NODE);
    leases.probed(NODE, false);
    assertThat(health(4_100)).isEqualTo(Health.GONE);
    assertThat(leases.statuses()).isEmpty();
    assertThat(leases.toProbe(6_200)).containsExactly(NODE);
    leases.probed(NODE, true);
    assertThat(health(6_200)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void aRenewalThatWasUnderWayDoesNotReviveAMemberThatLeft() {
    renew(1, 1_000);
    renew(2, 2_000);
    leases.memberLeft(MEMBER);
    renew(3, 2_001);
    assertThat(health(2_001)).isEqualTo(Health.SUSPECT);
    leases.memberAdded(MEMBER);
    renew(4, 3_000);
    assertThat(health(3_000)).isEqualTo(Health.LIVE);
  }

  @Test
  void anEdgeThatIsNoLongerAmongAllLeasesIsGone() {
    NodeInfo edge = Region.node("e", NodeInfo.Role.EDGE);
    renew(1, 1_000);
    leases.seen(new NodeRecord(edge, "", 1, 0, 0, 0), 1_000);
    leases.onlyEdges(Set.of("e"));
    assertThat(leases.statuses()).hasSize(2);
    leases.onlyEdges(Set.of());
    assertThat(leases.health(edge, 1_000)).isEqualTo(Health.GONE);
    assertThat(health(1_000)).isEqualTo(Health.UNPROVEN);
  }

  @Test
  void aFormerIncarnationIsGone() {
    renew(1, 1_000);
    NodeInfo later = Region.node("n", NodeInfo.Role.ORIGIN);
    leases.seen(new NodeRecord(later, "other", 1, 0, 0, 0), 2_000);
    assertThat(health(2_000)).isEqualTo(Health.GONE);
    assertThat(leases.health(later, 2_000)).isEqualTo(Health.UNPROVEN);
    renew(2, 3_000);
    assertThat(health(3_000)).isEqualTo(Health.GONE);
  }

  @Test
  void anOwnerThatNoLeaseIsKnownOfHasTheTimeOfALease() {
    leases.healthy(1_000);
    assertThat(health(1_000)).isEqualTo(Health.UNPROVEN);
    leases.healthy(7_000);
    assertThat(health(7_000)).isEqualTo(Health.SUSPECT);
    assertThat(leases.goneFor(1_000, 7_000)).isEmpty();
  }

  private void goneAt(long now) {
    leases.memberLeft(MEMBER);
    leases.toProbe(now);
    leases.probed(NODE, false);
    assertThat(health(now)).isEqualTo(Health.GONE);
    assertThat(leases.goneFor(1, now)).isEmpty();
  }

  @Test
  void aLeaseIsTakenAwayOnceAndForgottenThen() {
    renew(1, 1_000);
    goneAt(2_000);
    assertThat(leases.toUnlease(60_000, 61_000)).isEmpty();
    assertThat(leases.toUnlease(60_000, 62_000)).containsExactly(NODE);
    leases.forgetGone(60_000, 62_000, Set.of());
    assertThat(leases.size()).as("while it is in the directory it would be taken for a new one").isEqualTo(1);

    leases.unleased(Region.node("n", NodeInfo.Role.ORIGIN)); // another life
    assertThat(leases.toUnlease(60_000, 62_000)).containsExactly(NODE);
    leases.unleased(NODE);
    assertThat(leases.toUnlease(60_000, 72_000)).isEmpty();
    leases.forgetGone(60_000, 72_000, Set.of("n"));
    assertThat(leases.size()).as("a stream names it").isEqualTo(1);
    leases.forgetGone(60_000, 72_000, Set.of("other"));
    assertThat(leases.size()).isZero();
  }

  @Test
  void anOwnerThatNoLeaseIsKnownOfIsForgottenAndNotAskedForEver() {
    leases.healthy(1_000);
    assertThat(health(1_000)).isEqualTo(Health.UNPROVEN);
    leases.healthy(7_000);
    goneAt(7_000);
    assertThat(leases.toUnlease(60_000, 67_000)).isEmpty();
    leases.forgetGone(60_000, 67_000, Set.of());
    assertThat(leases.size()).isZero();
    assertThat(leases.toProbe(70_000)).isEmpty();
  }

  @Test
  void aNodeThatComesBackIsNotForgotten() {
    renew(1, 1_000);
    goneAt(2_000);
    leases.unleased(NODE);
    leases.memberAdded(MEMBER);
    renew(2, 3_000);
    leases.forgetGone(60_000, 100_000, Set.of());
    assertThat(health(100_000)).isEqualTo(Health.LIVE);
  }
}
