package live.sluice.bridge;

import static live.sluice.bridge.Pictures.B;
import static live.sluice.bridge.Pictures.B_REFERENCED;
import static live.sluice.bridge.Pictures.IDR;
import static live.sluice.bridge.Pictures.P;
import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.bridge.PictureOrder.Verdict;
import live.sluice.media.Frame;
import org.junit.jupiter.api.Test;

class PictureOrderTest {
  private static final int TRAIL_N = 0;
  private static final int TRAIL_R = 1;
  private static final int RASL_R = 9;
  private static final int CRA = 21;

  private final PictureOrder order = new PictureOrder();

  @Test
  void picturesInOrderAreSent() {
    assertThat(judge(Pictures.avc(IDR, 0, 80))).isEqualTo(Verdict.SEND);
    assertThat(judge(Pictures.avc(P, 40, 120))).isEqualTo(Verdict.SEND);
    assertThat(judge(Pictures.avc(B, 80, 160))).isEqualTo(Verdict.SEND);
  }

  @Test
  void picturesThatNothingRefersToAreDropped() {
    judge(Pictures.avc(IDR, 0, 40));
    assertThat(judge(Pictures.avc(P, 40, 160))).isEqualTo(Verdict.SEND);
    assertThat(judge(Pictures.avc(B, 80, 80))).isEqualTo(Verdict.DROP);
    assertThat(judge(Pictures.avc(B, 120, 120))).isEqualTo(Verdict.DROP);
    assertThat(judge(Pictures.avc(P, 160, 280))).isEqualTo(Verdict.SEND);
  }

  @Test
  void picturesThatOthersReferToAreTold() {
    judge(Pictures.avc(IDR, 0, 80));
    judge(Pictures.avc(P, 40, 240));
    assertThat(judge(Pictures.avc(B_REFERENCED, 80, 160))).isEqualTo(Verdict.REFERENCED);
    assertThat(judge(Pictures.avc(B, 120, 120))).isEqualTo(Verdict.DROP);
  }

  @Test
  void aClockThatGoesBackIsNoBframe() {
    judge(Pictures.avc(IDR, 1_000, 1_000));
    judge(Pictures.avc(P, 1_040, 1_040));
    assertThat(judge(Pictures.avc(P, 900, 900))).isEqualTo(Verdict.SEND);
  }

  @Test
  void nothingIsComparedAcrossAReset() {
    judge(Pictures.avc(IDR, 1_000, 1_200));
    order.reset();
    assertThat(judge(Pictures.avc(P, 0, 0))).isEqualTo(Verdict.SEND);
  }

  @Test
  void leadingAndDisposablePicturesOfHevcAreDropped() {
    judge(Pictures.hevc(CRA, 0, 120));
    assertThat(judge(Pictures.hevc(RASL_R, 40, 40))).isEqualTo(Verdict.DROP);
    assertThat(judge(Pictures.hevc(TRAIL_R, 80, 240))).isEqualTo(Verdict.SEND);
    assertThat(judge(Pictures.hevc(TRAIL_N, 120, 160))).isEqualTo(Verdict.DROP);
    assertThat(judge(Pictures.hevc(TRAIL_R, 160, 200))).isEqualTo(Verdict.REFERENCED);
  }

  private Verdict judge(Frame frame) {
    try {
      return order.judge(frame, 4);
    } finally {
      frame.release();
    }
  }
}
