package live.sluice.rtc.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;

class RtcSessionsTest {
  private static final RtcClient CLIENT =
      new RtcClient("192.0.2.1:5", "192.0.2.9", "http://h:1985/live/a/whip?token=hush", "obs", "");

  @Test
  void aNodeWithoutWebRtcSaysSo() {
    RtcRequest request = new RtcRequest(StreamKey.of("live", "a"), "v=0", CLIENT, List.of(), null);
    assertThatThrownBy(() -> RtcSessions.NONE.publish(request).toCompletableFuture().get(1, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .satisfies(e -> assertThat(SluiceException.codeOf(e)).isEqualTo(ErrorCode.RTC_DISABLED))
        .hasMessageContaining("WebRTC is not enabled");
  }

  @Test
  void aTokenDoesNotStandInWhatIsToldOfAClient() {
    Session session = Session.detached(Session.Type.RTC_PUBLISH, CLIENT.remote());
    CLIENT.describe(session);
    assertThat(session.detail("tcUrl")).isEqualTo("http://h:1985/live/a/whip");
    assertThat(session.detail("agent")).isEqualTo("obs");
    assertThat(session.detail("pageUrl")).isNull();
  }

  @Test
  void idsOfSessionsNeverRepeatAndHaveTheirForm() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String id = SessionId.next();
      assertThat(SessionId.isOne(id)).isTrue();
      ids.add(id);
    }
    assertThat(ids).hasSize(1_000);
    assertThat(SessionId.isOne("0123456789ABCDEF0123456789ABCDEF")).isFalse();
    assertThat(SessionId.isOne("0123")).isFalse();
  }
}
