package live.sluice.hop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTP packets that do not fit into a datagram. */
class FragmentsTest {

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {1_181, 1_182, 2_500, 9_000, 60_000, 65_500})
  void largePacketsArriveWholeOnALinkThatLoses(int payload) {
    try (SimulatedLink link = new SimulatedLink(80, 0.01, 5)) {
      link.there.jitter = 2 * SimulatedLink.MS;
      Source source = link.pictures(0, 20_000_000);
      source.packetBytes = payload;
      link.run(20).finish();

      assertThat(source.twice).isZero();
      assertThat(source.shareArrived()).isGreaterThan(0.99);
      assertThat(link.there.largest).isLessThanOrEqualTo(1200);
    }
  }

  @Test
  void anOrdinaryPacketIsOneDatagram() {
    try (SimulatedLink link = new SimulatedLink(80, 0, 5)) {
      Source source = link.pictures(0, 2_500_000);
      source.packetBytes = 1_181;
      link.run(5).finish();

      assertThat(link.there.datagrams).isEqualTo(source.sent);
    }
  }

  @Test
  void whatStaysIncompleteIsGivenUp() {
    try (SimulatedLink link = new SimulatedLink(80, 0.3, 5)) {
      Source source = link.pictures(0, 20_000_000);
      source.packetBytes = 20_000;
      link.run(10).finish();

      assertThat(link.receiver.totals().droppedFragments()).isPositive();
      assertThat(source.shareArrived()).isLessThan(1);
    }
  }
}
