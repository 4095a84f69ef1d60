package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;

/** Which numbers readers see of a publisher that sends packets of nothing. */
class IngestLayerTest {
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private final IngestLayer layer =
      new IngestLayer(new IngestWire(VIDEO, 96, -1, "0", List.of(), 1, 0, true, true), 0, 1);

  @Test
  void numbersCloseOverWhatWasSkipped() {
    assertThat(layer.renumbered(65_534)).isEqualTo(65_534);
    layer.skip(65_535);
    assertThat(layer.renumbered(0)).isEqualTo(65_535);
    layer.skip(1);
    layer.skip(2);
    assertThat(layer.renumbered(3)).isZero();
  }

  @Test
  void whatComesLateKeepsItsPlace() {
    layer.renumbered(10);
    layer.skip(12);
    assertThat(layer.renumbered(13)).isEqualTo(12);
    assertThat(layer.renumbered(11)).isEqualTo(11);
  }

  @Test
  void whatIsSkippedLateChangesNoNumberThatWasGivenOut() {
    layer.renumbered(10);
    assertThat(layer.renumbered(12)).isEqualTo(12);
    layer.skip(11);
    assertThat(layer.renumbered(13)).isEqualTo(13);
  }

  @Test
  void aSkipOfLongAgoCountsForever() {
    layer.renumbered(1);
    layer.skip(2);
    for (int i = 3; i < 200_000; i++) {
      assertThat(layer.renumbered(i & 0xffff)).isEqualTo(i - 1 & 0xffff);
    }
  }
}
