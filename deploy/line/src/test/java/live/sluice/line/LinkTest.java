package live.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of packets in virtual time. */
class LinkTest {
  private static final long MS = 1_000_000;
  private static final int MOST = 1000;

  /** Not 0, and close to where ns of a clock run over. */
  private static final long START = Long.MAX_VALUE - 50 * MS;

  @Test
  void aPacketComesOutAfterTheDelayAndNotBefore() {
    Link link = link("delay=40");
    assertThat(link.nextDue()).isEqualTo(Link.NEVER);
    assertThat(link.offer(0, 7, 1200)).isTrue();
    assertThat(link.nextDue()).isEqualTo(40 * MS);
    assertThat(link.take()).isEqualTo(7);
    assertThat(link.nextDue()).isEqualTo(Link.NEVER);
    assertThat(link.counters()).isEqualTo(new LinkCounters(1, 1200, 0, 0, 0));
  }

  @Test
  void packetsComeOutInTheirOrderThoughEachHasItsOwnJitter() {
    Link link = link("delay=20", "jitter=10");
    List<Long> delays = new ArrayList<>();
    long lastDue = 0;
    for (int i = 0; i < 500; i++) {
      long now = i * MS;
      assertThat(link.offer(now, i, 100)).isTrue();
    }
    for (int i = 0; i < 500; i++) {
      assertThat(link.nextDue() - lastDue).isNotNegative();
      lastDue = link.nextDue();
      delays.add(lastDue - i * MS);
      assertThat(link.take()).isEqualTo(i);
    }
    assertThat(delays).allMatch(delay -> delay >= 10 * MS && delay <= 30 * MS);
    assertThat(delays.stream().distinct().count()).isGreaterThan(50);
  }

  @Test
  void jitterLeavesTheMeanOfPacketsFarApartWhereItIs() {
    Link link = link("delay=20", "jitter=10");
    long sum = 0;
    for (int i = 0; i < 2000; i++) {
      link.offer(i * 100L * MS, i, 100);
      sum += link.nextDue() - i * 100L * MS;
      link.take();
    }
    assertThat(sum / 2000.0).isCloseTo(20.0 * MS, within(0.5 * MS));
  }

  @Test
  void theShareThatIsLostIsTheOneAskedForAndTheSameForTheSameSeed() {
    List<Integer> first = survivors(link("loss=3"));
    List<Integer> again = survivors(link("loss=3"));
    assertThat(first).isEqualTo(again);
    assertThat(first).hasSizeBetween(9_600, 9_800);
    assertThat(survivors(new Link(settings("loss=3"), 2, MOST))).isNotEqualTo(first);
  }

  private static List<Integer> survivors(Link link) {
    List<Integer> survivors = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      if (link.offer(i, i, 100)) {
        survivors.add(link.take());
      }
    }
    assertThat(link.counters().lost() + survivors.size()).isEqualTo(10_000);
    return survivors;
  }

  @Test
  void packetsGoThroughOneAfterTheOtherAtTheRate() {
    // 1250 bytes at 10 Mb/s take 1 ms.
    Link link = link("delay=5", "rate=10");
    for (int i = 0; i < 3; i++) {
      assertThat(link.offer(0, i, 1250)).isTrue();
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(link.nextDue()).isEqualTo((5 + i) * MS);
      link.take();
    }
    // Once all has gone through, nobody waits.
    assertThat(link.offer(100 * MS, 3, 1250)).isTrue();
    assertThat(link.nextDue()).isEqualTo(106 * MS);
  }

  @Test
  void whoWouldWaitLongerThanTheQueueIsDropped() {
    Link link = link("rate=10", "queue=20");
    int accepted = 0;
    for (int i = 0; i < 100; i++) {
      accepted += link.offer(0, i, 1250) ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(21);
    assertThat(link.counters().queueDrops()).isEqualTo(79);
    // A ms later there is room for one more.
    assertThat(link.offer(MS, 100, 1250)).isTrue();
    assertThat(link.offer(MS, 101, 1250)).isFalse();
  }

  @Test
  void noMorePacketsAreOnTheirWayThanThereMayBe() {
    Link link = link("delay=1000");
    for (int i = 0; i < MOST; i++) {
      assertThat(link.offer(i, i, 100)).isTrue();
    }
    assertThat(link.offer(MOST, MOST, 100)).isFalse();
    assertThat(link.take()).isZero();
    assertThat(link.offer(MOST, MOST, 100)).isTrue();
    for (int i = 1; i <= MOST; i++) {
      assertThat(link.take()).isEqualTo(i);
    }
    assertThat(link.counters().queueDrops()).isEqualTo(1);
  }

  @Test
  void aCutDropsWhatComesAndLetsArriveWhatIsOnItsWay() {
    Link link = link("delay=40");
    link.offer(0, 1, 100);
    link.set(link.settings().with("cut=true"));
    assertThat(link.offer(MS, 2, 100)).isFalse();
    link.set(link.settings().with("cut=false"));
    assertThat(link.offer(2 * MS, 3, 100)).isTrue();
    assertThat(link.take()).isEqualTo(1);
    assertThat(link.take()).isEqualTo(3);
    assertThat(link.counters().cutDrops()).isEqualTo(1);
  }

  @Test
  void aDelayThatIsMadeShorterLetsNoPacketOvertake() {
    Link link = link("delay=100");
    link.offer(0, 1, 100);
    link.set(link.settings().with("delay=10"));
    link.offer(MS, 2, 100);
    assertThat(link.nextDue()).isEqualTo(100 * MS);
    link.take();
    assertThat(link.nextDue()).isEqualTo(100 * MS);
    link.take();
    link.offer(200 * MS, 3, 100);
    assertThat(link.nextDue()).isEqualTo(210 * MS);
  }

  @Test
  void aClockThatRunsOverIsNoTrouble() {
    Link link = link("delay=40", "rate=10");
    for (int i = 0; i < 100; i++) {
      long now = START + i * 2L * MS;
      link.offer(now, i, 1250);
      assertThat(link.nextDue() - now).isEqualTo(41 * MS);
      assertThat(link.take()).isEqualTo(i);
    }
  }

  private static Link link(String... assignments) {
    return new Link(settings(assignments), 1, MOST);
  }

  private static LinkSettings settings(String... assignments) {
    LinkSettings settings = LinkSettings.NONE;
    for (String assignment : assignments) {
      settings = settings.with(assignment);
    }
    return settings;
  }
}
