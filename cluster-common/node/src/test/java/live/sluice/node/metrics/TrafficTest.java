package live.sluice.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ManualTicker ticker = new ManualTicker();
  private final Sessions sessions = new Sessions(10, 10, ticker);
  private final List<String> firstFrames = new ArrayList<>();
  private final Traffic traffic =
      new Traffic(sessions, ticker, (type, nanos) -> firstFrames.add(type.label() + ' ' + nanos));

  private Session open(Session.Type type) {
    Session session = sessions.open(type, "192.0.2.1:1", (code, why) -> {});
    session.become(type, KEY);
    return session;
  }

  @Test
  void sumsAreKeptWhenASessionEndsBetweenTwoSamples() {
    Session session = open(Session.Type.FLV_PLAY);
    session.countSent(100);
    sessions.close(session, ErrorCode.OK);
    traffic.refresh();
    assertThat(traffic.of(KEY).sentBytes()).isEqualTo(100);
    assertThat(traffic.of(Session.Type.FLV_PLAY).sentBytes()).isEqualTo(100);
    assertThat(traffic.node().sentBytes()).isEqualTo(100);
    assertThat(traffic.of(session)).isEqualTo(Totals.ZERO);
  }

  @Test
  void nothingIsCountedTwice() {
    Session session = open(Session.Type.FLV_PLAY);
    session.countSent(100);
    traffic.refresh();
    traffic.refresh();
    session.countSent(50);
    sessions.close(session, ErrorCode.OK);
    traffic.refresh();
    traffic.refresh();
    assertThat(traffic.of(KEY).sentBytes()).isEqualTo(150);
  }

  @Test
  void ratesAreThoseOfTheLastThirtySeconds() {
    Session session = open(Session.Type.RTMP_PUBLISH);
    traffic.refresh();
    for (int second = 0; second < 60; second += 5) {
      session.countReceived(5 * 125_000); // 1,000 kbit/s
      ticker.advance(5_000);
      traffic.sample(key -> true);
    }
    assertThat(traffic.of(session).receivedKbps()).isEqualTo(1_000);
    assertThat(traffic.of(KEY).receivedKbps()).isEqualTo(1_000);
    for (int second = 0; second < 15; second += 5) {
      ticker.advance(5_000);
      traffic.sample(key -> true);
    }
    assertThat(traffic.of(session).receivedKbps()).isEqualTo(500);
    for (int second = 0; second < 15; second += 5) {
      ticker.advance(5_000);
      traffic.sample(key -> true);
    }
    assertThat(traffic.node().receivedKbps()).isZero();
  }

  @Test
  void aStreamThatHasGoneIsForgotten() {
    Session session = open(Session.Type.FLV_PLAY);
    session.countSent(100);
    sessions.close(session, ErrorCode.OK);
    traffic.sample(key -> true);
    assertThat(traffic.of(KEY).sentBytes()).isEqualTo(100);
    traffic.sample(key -> false);
    assertThat(traffic.of(KEY)).isEqualTo(Totals.ZERO);
    assertThat(traffic.node().sentBytes()).as("the node's sum goes on").isEqualTo(100);
  }

  @Test
  void aPullIsFollowedThoughItIsNoClient() {
    Session pull = Session.detached(Session.Type.PULL, "edge-0");
    pull.become(Session.Type.PULL, KEY);
    traffic.follow(pull);
    pull.countReceived(70);
    traffic.refresh();
    traffic.unfollow(pull);
    pull.countReceived(5);
    traffic.refresh();
    traffic.refresh();
    assertThat(traffic.of(KEY).receivedBytes()).isEqualTo(75);
  }
}
