package live.sluice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Sessions sessions = new Sessions(3, 2, Ticker.SYSTEM);

  private Session open(String remote) {
    return sessions.open(Session.Type.RTMP, remote, (code, why) -> {});
  }

  @Test
  void sessionsAreBoundedPerAddressAndInAll() {
    Session first = open("10.0.0.1:1");
    open("10.0.0.1:2");
    assertThatThrownBy(() -> open("10.0.0.1:3")).hasMessageContaining("10.0.0.1 has its 2");
    open("10.0.0.2:1");
    assertThatThrownBy(() -> open("10.0.0.3:1")).hasMessageContaining("its 3 sessions");
    assertThat(sessions.ended(ErrorCode.TOO_MANY_CONNECTIONS)).isEqualTo(2);
    sessions.close(first, ErrorCode.OK);
    sessions.close(first, ErrorCode.OK);
    assertThat(sessions.size()).isEqualTo(2);
    open("10.0.0.1:4");
    assertThat(sessions.all()).hasSize(3);
  }

  @Test
  void anIdHasEightCharactersAndFindsItsSession() {
    Session session = open("[2001:db8::1]:5");
    assertThat(session.id()).matches("[0-9a-z]{8}");
    assertThat(sessions.find(session.id())).isSameAs(session);
    assertThat(session.remoteAddress()).isEqualTo("[2001:db8::1]");
  }
}
