package live.sluice.launcher.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.line.LinkCounters;
import live.sluice.line.LinkSettings;
import org.junit.jupiter.api.Test;

/** What is said to tc, and what is read of it. That netem does what it is told is not tried: not every kernel has it. */
class NetemTest {
  private static final LabPlan PLAN = LabPlan.of("lab", "10.77", List.of("eu", "us"), 1, 1);

  @Test
  void eachDirectionHasAQueueOfItsOwn() {
    List<String> commands =
        Netem.commands(PLAN, new LinkSettings(40, 2, 0.5, 100, 50, false)).stream().map(c -> String.join(" ", c)).toList();
    assertThat(commands)
        .containsExactly(
            "-n sluice-lab-wan qdisc add dev r1 root handle 1: htb",
            "-n sluice-lab-wan class add dev r1 parent 1: classid 1:2 htb rate 100gbit quantum 60000",
            "-n sluice-lab-wan qdisc add dev r1 parent 1:2 handle 12: netem limit 958 delay 40000us 2000us loss 0.5% rate 100000kbit",
            "-n sluice-lab-wan filter add dev r1 parent 1: protocol ip u32 match ip src 10.77.2.0/24 flowid 1:2",
            "-n sluice-lab-wan qdisc add dev r2 root handle 1: htb",
            "-n sluice-lab-wan class add dev r2 parent 1: classid 1:1 htb rate 100gbit quantum 60000",
            "-n sluice-lab-wan qdisc add dev r2 parent 1:1 handle 11: netem limit 958 delay 40000us 2000us loss 0.5% rate 100000kbit",
            "-n sluice-lab-wan filter add dev r2 parent 1: protocol ip u32 match ip src 10.77.1.0/24 flowid 1:1");
  }

  @Test
  void aCutLosesAllAndWithoutARateThereIsOneThatNobodyReaches() {
    assertThat(String.join(" ", Netem.commands(PLAN, LinkSettings.NONE.with("cut=true")).get(2)))
        .endsWith("delay 0us 0us loss 100.0% rate 100000000kbit");
  }

  @Test
  void countersAreThoseOfTheWaysOwnQueueFromTheIpHeaderOn() {
    String told =
        """
        [{"kind":"htb","handle":"1:","root":true,"bytes":9000,"packets":9,"drops":1},
         {"kind":"netem","handle":"13:","parent":"1:3","bytes":7000,"packets":7,"drops":3},
         {"kind":"netem","handle":"12:","parent":"1:2","bytes":5140,"packets":10,"drops":4}]
        """;
    assertThat(Netem.counters(told, "1:2", LinkSettings.NONE)).isEqualTo(new LinkCounters(10, 5000, 4, 0, 0));
    assertThat(Netem.counters(told, "1:2", LinkSettings.NONE.with("cut=true"))).isEqualTo(new LinkCounters(10, 5000, 0, 0, 4));
    assertThat(Netem.counters("[]", "1:2", LinkSettings.NONE)).isEqualTo(new LinkCounters(0, 0, 0, 0, 0));
  }
}
