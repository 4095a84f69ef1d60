package live.sluice.rtmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {

  @ParameterizedTest
  @EnumSource(value = ErrorCode.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
  void ourOwnCodeComesBackWhateverTheStatusCode(ErrorCode code) {
    Status sent = Status.publishRefused(code, "why it is so");
    Status got = Status.of(sent.toAmf());
    assertThat(got).isEqualTo(sent);
    assertThat(got.errorCode()).isEqualTo(code);
    assertThat(got.isError()).isTrue();
  }

  @Test
  void codesOfOtherServersAreTakenForTheNearestOfOurs() {
    assertThat(new Status("error", "NetStream.Publish.BadName", "Already publishing").errorCode())
        .isEqualTo(ErrorCode.STREAM_BUSY);
    assertThat(new Status("error", "NetStream.Play.StreamNotFound", "").errorCode())
        .isEqualTo(ErrorCode.STREAM_NOT_FOUND);
    assertThat(new Status("error", "NetConnection.Connect.Rejected", "(99999): no").errorCode())
        .isEqualTo(ErrorCode.UPSTREAM_FAILED);
  }
}
