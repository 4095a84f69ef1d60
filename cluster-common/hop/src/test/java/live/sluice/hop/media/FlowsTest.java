package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.sluice.hop.media.send.FlowSpec;
import live.sluice.media.MediaKind;
import org.junit.jupiter.api.Test;

/** Flows that are opened and closed. */
class FlowsTest {
  private static final long MS = SimulatedLink.MS;

  @Test
  void whatWasSentJustBeforeTheReceiverOpenedTheFlowIsAskedFor() {
    try (SimulatedLink link = new SimulatedLink(40, 0, 5)) {
      Source source = link.pictures(0, 2_500_000);
      link.receiver.closeFlow(source.flowId);
      link.run(0.15);
      link.receiver.openFlow(
          source.flowId, (rtp, keyframe, marker, at) -> source.onPacket(rtp, marker, 200 * MS));
      link.run(2).finish();

      assertThat(link.receiver.totals().unknown()).isPositive();
      assertThat(source.arrived.nextClearBit(0)).isEqualTo(source.sent);
    }
  }

  @Test
  void aFlowsPacketsAreReleasedWhenItIsClosed() {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      Source source = link.pictures(0, 2_500_000);
      link.run(0.5);
      assertThat(source.packets).anyMatch(packet -> packet.refCnt() > 0);
      link.sender.closeFlow(source.flowId);

      assertThat(source.packets).allMatch(packet -> packet.refCnt() == 0);
    }
  }

  @Test
  void soAreThoseThatWaitForRoom() {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      link.there.rate = 1_500_000;
      Source source = link.pictures(0, 2_500_000);
      for (int i = 0; i < 100 && link.sender.totals().waitingBytes() == 0; i++) {
        link.run(0.02);
      }
      assertThat(link.sender.totals().waitingBytes()).isPositive();
      link.sender.closeFlow(source.flowId);

      assertThat(link.sender.totals().waitingBytes()).isZero();
      assertThat(source.packets).allMatch(packet -> packet.refCnt() == 0);
    }
  }

  @Test
  void packetsAreKeptNoLongerThanTheyMayBeAskedFor() {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      link.back.cut = true;
      Source source = link.pictures(0, 2_500_000);
      link.run(5);
      assertThat(source.packets).filteredOn(packet -> packet.refCnt() > 0).hasSizeBetween(100, 220);
      source.paused = true;
      link.run(1);

      assertThat(source.packets).allMatch(packet -> packet.refCnt() == 0);
    }
  }

  @Test
  void whatHasArrivedIsNotKept() {
    try (SimulatedLink link = new SimulatedLink(50, 0, 5)) {
      Source source = link.pictures(0, 2_500_000);
      link.run(5);

      // A round trip and two reports' worth.
      assertThat(source.packets).filteredOn(packet -> packet.refCnt() > 0).hasSizeLessThan(60);
    }
  }

  @Test
  void anIdIsOpenOnceAndMustBeOne() {
    try (SimulatedLink link = new SimulatedLink(50, 0, 5)) {
      FlowSpec spec = new FlowSpec(9, MediaKind.AUDIO, 0);
      link.sender.openFlow(spec);
      link.receiver.openFlow(9, (rtp, keyframe, marker, at) -> rtp.release());
      assertThatThrownBy(() -> link.sender.openFlow(spec)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> link.receiver.openFlow(9, (rtp, keyframe, marker, at) -> rtp.release()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new FlowSpec(0, MediaKind.AUDIO, 0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new FlowSpec(1 << 30, MediaKind.AUDIO, 0))
          .isInstanceOf(IllegalArgumentException.class);

      link.sender.closeFlow(9);
      link.sender.openFlow(spec);
    }
  }

  @Test
  void nothingHappensOnceItIsClosed() {
    SimulatedLink link = new SimulatedLink(50, 0, 5);
    Source source = link.pictures(0, 2_500_000);
    link.run(1);
    link.close();
    long sent = link.there.datagrams;
    link.run(1);

    assertThat(link.there.datagrams).isEqualTo(sent);
    assertThat(link.sender.statistics(source.flowId)).isNull();
    assertThat(link.receiver.statistics(source.flowId)).isNull();
  }

  @Test
  void statisticsTellWhatHappened() {
    try (SimulatedLink link = new SimulatedLink(80, 0.02, 5)) {
      Source source = link.pictures(0, 2_500_000);
      link.run(20);
      var received = link.receiver.statistics(source.flowId);
      var sent = link.sender.statistics(source.flowId);

      assertThat(sent.packets()).isEqualTo(source.sent);
      assertThat(sent.offeredBitsPerSecond()).isBetween(2_000_000L, 3_200_000L);
      assertThat((double) received.lostBeforeRepair() / source.sent).isBetween(0.01, 0.03);
      assertThat(received.repaired()).isBetween(sent.retransmitted() * 9 / 10, sent.retransmitted());
      assertThat(received.bitsPerSecond()).isBetween(2_000_000L, 3_200_000L);
      assertThat(received.delayP50Nanos()).isLessThanOrEqualTo(MS);
      assertThat(received.delayP99Nanos()).isBetween(70 * MS, 120 * MS);
      assertThat(received.leastDelayNanos()).isBetween(40 * MS - 200_000, 40 * MS + 200_000);
      assertThat(link.receiver.totals().nacks()).isPositive();
      assertThat(link.receiver.totals().feedback()).isBetween(390L, 410L);
    }
  }

  @Test
  void theTransportsOwnDropsAreRepaired() {
    try (SimulatedLink link = new SimulatedLink(100, 0, 5)) {
      link.there.refuse = 50;
      Source source = link.pictures(0, 2_500_000);
      link.sound();
      link.run(20).finish();

      assertThat(link.sender.totals().refused()).isPositive();
      // What is sent again is not taken either now and then.
      assertThat(source.shareArrived()).isGreaterThan(0.999);
    }
  }

  @Test
  void theLastPacketsBeforeAPauseAreLookedAfter() {
    int arrived = 0;
    for (int seed = 0; seed < 40; seed++) {
      try (SimulatedLink link = new SimulatedLink(50, 0.1, seed)) {
        Source source = link.pictures(0, 2_500_000);
        link.run(0.5);
        int before = source.sent;
        int last = source.sent;
        while (last == before) {
          link.run(0.01);
          last = source.sent;
        }
        source.paused = true;
        link.run(0.5);

        arrived += source.arrived.get(last - 4, last).cardinality();
        assertThat(source.worst).isLessThan(300 * MS);
      }
    }

    assertThat(arrived).isGreaterThanOrEqualTo(40 * 4 - 1);
  }

  @Test
  void hundredsOfFlowsAreReportedInSeveralDatagrams() {
    try (SimulatedLink link = new SimulatedLink(80, 0.02, 5)) {
      for (int i = 0; i < 400; i++) {
        link.sound();
      }
      link.run(10).finish();

      assertThat(link.back.largest).isLessThanOrEqualTo(1200);
      assertThat(link.receiver.totals().feedback()).isBetween(380L, 800L);
      assertThat(link.sources).allMatch(source -> source.shareArrived() > 0.98 && source.twice == 0);
      double arrived = link.sources.stream().mapToDouble(Source::shareArrived).average().orElse(0);
      assertThat(arrived).isGreaterThan(0.9995);
      assertThat(link.sender.totals().retransmitted()).isLessThan(link.there.datagrams * 3 / 100);
    }
  }

  @Test
  void aSinkMayCloseTheSender() {
    try (SimulatedLink link = new SimulatedLink(80, 0, 5)) {
      Source source = link.pictures(0, 2_500_000);
      source.packetBytes = 5_000;
      link.there.onSend =
          () -> {
            if (link.there.datagrams == 102) {
              link.sender.close();
            }
          };
      link.run(2);

      assertThat(link.there.datagrams).isBetween(102L, 105L);
      assertThat(source.packets).allMatch(packet -> packet.refCnt() == 0);
    }
  }

  @Test
  void theListenerMayCloseFlows() {
    try (SimulatedLink link = new SimulatedLink(80, 0, 5)) {
      link.there.rate = 2_000_000;
      for (int layer = 0; layer < 3; layer++) {
        link.pictures(layer, 1_000_000);
      }
      link.onTold = link.sender::closeFlow;
      link.run(10);

      assertThat(link.told).contains("left out 3");
      assertThat(link.sources.get(2).packets).allMatch(packet -> packet.refCnt() == 0);
      assertThat(link.sources.get(0).shareArrived()).isGreaterThan(0.9);
    }
  }

  @Test
  void thoseDeliveredToMayCloseTheReceiver() {
    try (SimulatedLink link = new SimulatedLink(80, 0.05, 5)) {
      link.sender.openFlow(new FlowSpec(1, MediaKind.VIDEO, 0));
      Source source = Source.pictures(link, 1, 0, 2_500_000);
      source.start(0);
      int[] taken = new int[1];
      link.receiver.openFlow(
          1,
          (rtp, keyframe, marker, at) -> {
            rtp.release();
            if (++taken[0] == 300) {
              link.receiver.close();
            }
          });
      link.run(3);

      assertThat(taken[0]).isEqualTo(300);
    }
  }
}
