package live.sluice.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketIndexTest {

  @Test
  void theNextPacketIsInTheSameRound() {
    assertThat(PacketIndex.estimate(100, 101)).isEqualTo(101);
    assertThat(PacketIndex.estimate(0x5_0010L, 0x000f)).isEqualTo(0x5_000fL);
  }

  @Test
  void aSmallNumberAfterALargeOneIsInTheNextRound() {
    assertThat(PacketIndex.estimate(0x5_fff0L, 3)).isEqualTo(0x6_0003L);
    assertThat(PacketIndex.estimate(0x5_9000L, 0x0fff)).isEqualTo(0x6_0fffL);
  }

  @Test
  void aLargeNumberAfterASmallOneIsInTheRoundBefore() {
    assertThat(PacketIndex.estimate(0x6_0003L, 0xfff0)).isEqualTo(0x5_fff0L);
  }

  @Test
  void halfARoundAwayIsInTheSameRound() {
    assertThat(PacketIndex.estimate(0x5_1000L, 0x9000)).isEqualTo(0x5_9000L);
    assertThat(PacketIndex.estimate(0x5_9000L, 0x1000)).isEqualTo(0x5_1000L);
  }

  @Test
  void beforeTheFirstRoundThereIsNothing() {
    assertThat(PacketIndex.estimate(3, 0xfff0)).isNegative();
  }
}
