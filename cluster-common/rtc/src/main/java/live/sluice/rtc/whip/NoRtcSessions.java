package live.sluice.rtc.whip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;

/** Refuses everything. */
final class NoRtcSessions implements RtcSessions {

  @Override
  public CompletionStage<RtcAnswer> publish(RtcRequest request) {
    return refused();
  }

  @Override
  public CompletionStage<RtcAnswer> play(RtcRequest request) {
    return refused();
  }

  @Override
  public CompletionStage<PatchAnswer> patch(String id, RtcPatch patch) {
    return refused();
  }

  @Override
  public CompletionStage<Boolean> end(String id) {
    return refused();
  }

  private static <T> CompletionStage<T> refused() {
    return CompletableFuture.failedStage(
        new SluiceException(ErrorCode.RTC_DISABLED, "WebRTC is not enabled on this node: see rtc.enabled"));
  }
}
