package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.Session;
import org.junit.jupiter.api.Test;

class PeerDetailsTest {
  private final Session session = Session.detached(Session.Type.RTC_PLAY, "192.0.2.1:1");
  private final PeerDetails details = new PeerDetails(session);

  @Test
  void figuresAreToldInTenths() {
    details.lost(0.0126);
    details.roundTrip(12_345_678);
    details.layer("h");
    assertThat(session.detail("lost")).isEqualTo("1.3");
    assertThat(session.detail("roundTrip")).isEqualTo("12.3");
    assertThat(session.detail("layer")).isEqualTo("h");
  }

  @Test
  void whatIsNotKnownIsNotTold() {
    details.roundTrip(-1);
    assertThat(session.detail("roundTrip")).isNull();
    details.roundTrip(0);
    assertThat(session.detail("roundTrip")).isEqualTo("0.0");
    details.roundTrip(-1);
    assertThat(session.detail("roundTrip")).isEqualTo("0.0");
  }

  @Test
  void aFigureThatDoesNotChangeIsNotWrittenAgain() {
    details.lost(0.5);
    session.detail("lost", "untouched");
    details.lost(0.5001);
    assertThat(session.detail("lost")).isEqualTo("untouched");
    details.lost(0.6);
    assertThat(session.detail("lost")).isEqualTo("60.0");
  }
}
