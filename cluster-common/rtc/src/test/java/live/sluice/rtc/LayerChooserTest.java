package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;

class LayerChooserTest {
  private static final RtpTrack TRACK =
      new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("l0", "l1", "l2"));

  private long now = 1_000_000_000L;

  @Test
  void thePlayerKeepsTheBestLayerThatItsBandwidthCarries() {
    LayerChooser chooser = new LayerChooser(2);
    assertThat(second(chooser, 2, 2_000_000, 100, 500, 1_500)).isEqualTo(2);
    assertThat(second(chooser, 2, 2_000_000, 100, 500, 1_500)).isEqualTo(2);
    assertThat(second(chooser, 2, 1_000_000, 100, 500, 1_500)).isEqualTo(1);
    assertThat(second(chooser, 1, 300_000, 100, 500, 1_500)).isEqualTo(0);
  }

  @Test
  void aBetterLayerIsTriedAfterAWhile() {
    LayerChooser chooser = new LayerChooser(2);
    second(chooser, 0, 300_000, 100, 500, 0);
    int wanted = 0;
    int seconds = 0;
    while (wanted == 0 && seconds < 10) {
      wanted = second(chooser, 0, 300_000, 100, 500, 0);
      seconds++;
    }
    assertThat(wanted).isEqualTo(1);
    assertThat(seconds).isBetween(4, 6);
  }

  @Test
  void aLayerThatThePublisherStopsSendingIsLeftForTheOneBelow() {
    LayerChooser chooser = new LayerChooser(2);
    second(chooser, 2, LayerChooser.ANY_BANDWIDTH, 100, 500, 1_500);
    assertThat(second(chooser, 2, LayerChooser.ANY_BANDWIDTH, 100, 500, 0)).isEqualTo(1);
    assertThat(second(chooser, 1, LayerChooser.ANY_BANDWIDTH, 100, 500, 1_500)).as("it is sent again").isEqualTo(2);
  }

  @Test
  void aPlayerOfOneLayerGetsNoneAboveIt() {
    LayerChooser chooser = new LayerChooser(1);
    second(chooser, 1, LayerChooser.ANY_BANDWIDTH, 100, 500, 1_500);
    for (int i = 0; i < 20; i++) {
      assertThat(second(chooser, 1, LayerChooser.ANY_BANDWIDTH, 100, 500, 1_500)).isEqualTo(1);
    }
  }

  @Test
  void nothingChangesWhileThePublisherIsSilent() {
    LayerChooser chooser = new LayerChooser(2);
    second(chooser, 2, 2_000_000, 100, 500, 1_500);
    assertThat(second(chooser, 2, 2_000_000, 0, 0, 0)).isEqualTo(2);
  }

  /** A second in which the layers had so many kb/s; what is to be wanted after it. */
  private int second(LayerChooser chooser, int wanted, long bitsPerSecond, int... kilobits) {
    chooser.choose(wanted, bitsPerSecond, now);
    for (int layer = 0; layer < kilobits.length; layer++) {
      for (int i = 0; i < kilobits[layer]; i++) {
        RtpPacket packet = new RtpPacket(TRACK, layer, Unpooled.wrappedBuffer(new byte[12 + 125]), 12, false, now);
        chooser.seen(packet);
        packet.release();
      }
    }
    now += 1_000_000_000L;
    return chooser.choose(wanted, bitsPerSecond, now);
  }
}
