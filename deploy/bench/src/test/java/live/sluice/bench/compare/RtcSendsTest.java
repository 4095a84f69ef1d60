package live.sluice.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RtcSendsTest {
  @Test
  void counters_are_summed_over_their_labels() {
    RtcSends sends =
        RtcSends.of(
            """
            # TYPE sluice_rtc_sends counter
            sluice_rtc_sent_datagrams_total{node="a"} 900.0
            sluice_rtc_sent_datagrams_total{node="b"} 100.0
            sluice_rtc_sends_total{form="single"} 300.0
            sluice_rtc_sends_total{form="train"} 100.0
            sluice_rtc_sends_total_other{form="train"} 7.0
            """);

    assertThat(sends).isEqualTo(new RtcSends(1000, 400, 100));
    // 300 left alone.
    assertThat(sends.percentInTrains()).isEqualTo(70);
    assertThat(sends.since(new RtcSends(500, 200, 0))).isEqualTo(new RtcSends(500, 200, 100));
  }

  @Test
  void a_node_that_does_not_count_them_has_none() {
    assertThat(RtcSends.of("")).isNull();
    assertThat(RtcSends.of("sluice_rtc_sends_total 5\n")).isNull();
  }
}
