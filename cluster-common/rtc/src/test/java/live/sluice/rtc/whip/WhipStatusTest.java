package live.sluice.rtc.whip;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.ErrorCode;
import org.junit.jupiter.api.Test;

class WhipStatusTest {

  @Test
  void aStreamThatNobodyPublishesYetIsAConflictThatPasses() {
    assertThat(WhipStatus.of(ErrorCode.STREAM_NOT_FOUND)).isEqualTo(new WhipStatus(409, 2));
  }

  @Test
  void aFullOrDrainingNodeSaysWhenToComeAgain() {
    assertThat(WhipStatus.of(ErrorCode.OVERLOADED)).isEqualTo(new WhipStatus(503, 5));
    assertThat(WhipStatus.of(ErrorCode.DRAINING)).isEqualTo(new WhipStatus(503, 5));
  }

  @Test
  void offersThatCantBeReadAndThatCantBeServedAreToldApart() {
    assertThat(WhipStatus.of(ErrorCode.SDP_INVALID)).isEqualTo(new WhipStatus(400, 0));
    assertThat(WhipStatus.of(ErrorCode.SDP_UNSUPPORTED)).isEqualTo(new WhipStatus(422, 0));
    assertThat(WhipStatus.of(ErrorCode.NO_COMMON_CODEC)).isEqualTo(new WhipStatus(422, 0));
  }

  @Test
  void aBusyNameDoesNotPassByItself() {
    assertThat(WhipStatus.of(ErrorCode.STREAM_BUSY)).isEqualTo(new WhipStatus(409, 0));
  }

  @Test
  void everyCodeHasAStatusOfAnError() {
    for (ErrorCode code : ErrorCode.values()) {
      if (code != ErrorCode.OK) {
        assertThat(WhipStatus.of(code).code()).as(code.label()).isBetween(400, 599);
      }
    }
  }
}
