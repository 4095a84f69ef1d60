package live.sluice.rtp.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import live.sluice.rtp.rtcp.Ntp;
import live.sluice.rtp.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class ReceiverStatisticsTest {
  private static final long MS = 1_000_000;
  private static final int CLOCK = 90_000;

  private final ReceiverStatistics statistics = new ReceiverStatistics(7, CLOCK);

  /** A packet in time: 10 ms for each number. */
  private void packet(int sequence) {
    statistics.onPacket(sequence & 0xffff, sequence * CLOCK / 100, 10 * MS * sequence);
  }

  @Test
  void whatComesInOrderIsNotLost() {
    for (int i = 65_500; i < 65_600; i++) {
      packet(i);
    }

    ReportBlock block = statistics.report(0);

    assertThat(block).isEqualTo(new ReportBlock(7, 0, 0, 65_599, 0, 0, 0));
    assertThat(statistics.received()).isEqualTo(100);
    assertThat(statistics.expected()).isEqualTo(100);
  }

  @Test
  void lossIsCountedPerIntervalAndInAll() {
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 2) {
        packet(i);
      }
    }
    ReportBlock first = statistics.report(0);
    for (int i = 100; i < 200; i++) {
      packet(i);
    }
    ReportBlock second = statistics.report(0);

    assertThat(first.fractionLost()).isEqualTo(64);
    assertThat(first.cumulativeLost()).isEqualTo(25);
    assertThat(second.fractionLost()).isZero();
    assertThat(second.cumulativeLost()).isEqualTo(25);
    assertThat(statistics.lossRate()).isZero();
  }

  @Test
  void lateOnesAreNoLossAndDuplicatesMakeUpForIt() {
    packet(1);
    packet(4);
    packet(2);
    packet(3);
    packet(3);
    packet(5);

    ReportBlock block = statistics.report(0);

    assertThat(block.fractionLost()).isZero();
    assertThat(block.cumulativeLost()).isEqualTo(-1);
    assertThat(block.highestSequence()).isEqualTo(5);
  }

  @Test
  void nothingInAnIntervalIsNoLossYet() {
    packet(1);
    statistics.report(0);

    assertThat(statistics.report(0).fractionLost()).isZero();
  }

  @Test
  void aJumpIsBelievedWhenASecondPacketFollows() {
    packet(1);
    packet(2);
    packet(30_000);
    packet(3);
    assertThat(statistics.report(0).highestSequence()).isEqualTo(3);

    packet(40_000);
    packet(40_001);

    ReportBlock block = statistics.report(0);
    assertThat(block.highestSequence()).isEqualTo(40_001);
    assertThat(block.cumulativeLost()).isZero();
    assertThat(statistics.received()).isEqualTo(1);
  }

  @Test
  void jitterIsTheMeanDeviationOfTheTimeBetweenPackets() {
    // Every second packet comes 5 ms late: each step deviates by 5 ms.
    for (int i = 0; i < 500; i++) {
      statistics.onPacket(i, i * 900, (10L * i + (i % 2) * 5L) * MS);
    }

    assertThat(statistics.jitter()).isCloseTo(450, within(10L));
    assertThat(statistics.jitterNanos()).isCloseTo(5 * MS, within(MS / 8));
    assertThat(statistics.report(0).jitter()).isEqualTo(statistics.jitter());
  }

  @Test
  void timestampsThatBeginAnewAreNoJitter() {
    statistics.onPacket(1, 1000, 10 * MS);
    statistics.onPacket(2, Integer.MIN_VALUE, 20 * MS);
    statistics.onPacket(3, Integer.MIN_VALUE + 900, 30 * MS);

    assertThat(statistics.jitter()).isZero();
  }

  @Test
  void aReportSaysWhenTheLastSenderReportCame() {
    packet(1);
    long ntp = Ntp.ofWallMillis(1_700_000_000_000L);
    statistics.onSenderReport(ntp, 5_000 * MS);

    ReportBlock block = statistics.report(6_500 * MS);

    assertThat(block.lastSr()).isEqualTo(Ntp.middle(ntp));
    assertThat(block.delaySinceLastSr()).isEqualTo(98_304);
  }
}
