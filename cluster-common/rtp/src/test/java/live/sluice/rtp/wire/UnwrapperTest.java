package live.sluice.rtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnwrapperTest {

  @Test
  void sequenceNumbersGoOnPastTheirWrap() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    assertThat(unwrapper.unwrap(65_534)).isEqualTo(65_534);
    assertThat(unwrapper.unwrap(1)).isEqualTo(65_537);
    assertThat(unwrapper.unwrap(65_535)).isEqualTo(65_535);
    assertThat(unwrapper.unwrap(2)).isEqualTo(65_538);
    assertThat(unwrapper.unwrap(30_000)).isEqualTo(95_536);
    assertThat(unwrapper.unwrap(60_000)).isEqualTo(125_536);
    assertThat(unwrapper.unwrap(3)).isEqualTo(131_075);
  }

  @Test
  void whatCameLateAfterTheFirstIsBelowIt() {
    SequenceUnwrapper sequences = new SequenceUnwrapper();
    sequences.unwrap(0);
    assertThat(sequences.unwrap(65_535)).isEqualTo(-1);
    assertThat(sequences.unwrap(1)).isEqualTo(1);

    TimestampUnwrapper timestamps = new TimestampUnwrapper();
    timestamps.unwrap(0);
    assertThat(timestamps.unwrap(-3000)).isEqualTo(-3000);
    assertThat(timestamps.unwrap(3000)).isEqualTo(3000);
  }

  @Test
  void timestampsGoOnPastTheirWrap() {
    TimestampUnwrapper unwrapper = new TimestampUnwrapper();

    assertThat(unwrapper.unwrap(-1)).isEqualTo(0xffffffffL);
    assertThat(unwrapper.unwrap(2999)).isEqualTo(0x1_0000_0000L + 2999);
    assertThat(unwrapper.unwrap(-1)).isEqualTo(0xffffffffL);
    long wraps = unwrapper.unwrap(0);
    for (int i = 1; i <= 40; i++) {
      assertThat(unwrapper.unwrap(i * 0x4000_0000)).isEqualTo(wraps + i * 0x4000_0000L);
    }
  }
}
