package live.sluice.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import live.sluice.bench.scan.FrameSink;
import live.sluice.bench.scan.SenderClock;
import org.junit.jupiter.api.Test;

class PlayerMeterTest {
  private static final long MS = 1_000_000;
  private static final long WALL = 1_700_000_000_000_000_000L;

  private long now;
  private final BenchClock clock = new BenchClock(() -> now, () -> WALL + now);
  private final PlayMeters meters = new PlayMeters(clock, PlayMeters.Settings.DEFAULT);
  private final PlayerMeter player = meters.player(false);

  private void at(long ms) {
    now = ms * MS;
    clock.read();
  }

  private void video(long timestamp, boolean keyframe) {
    player.frame(FrameSink.VIDEO, timestamp, new byte[] {(byte) (keyframe ? 0x17 : 0x27), 1}, 2, 1_000);
  }

  private void audio(long timestamp) {
    player.frame(FrameSink.AUDIO, timestamp, new byte[] {(byte) 0xaf, 1}, 2, 100);
  }

  private PlaySummary summary() {
    return PlaySummary.of(meters.totals(), 1);
  }

  private void connect() {
    at(0);
    player.connected();
    player.requested();
  }

  @Test
  void joinTimesRunFromTheRequestToTheFirstFrameAndTheFirstKeyframe() {
    connect();
    at(30);
    audio(0);
    at(50);
    video(10, false);
    at(70);
    video(40, true);
    assertThat(summary().joinMs().p50()).isCloseTo(30, within(0.1));
    assertThat(summary().joinKeyframeMs().p50()).isCloseTo(70, within(0.1));
    assertThat(summary().played()).isEqualTo(1);
  }

  @Test
  void configurationIsNoFrame() {
    connect();
    player.frame(FrameSink.VIDEO, 0, new byte[] {0x17, 0}, 2, 50);
    player.frame(FrameSink.AUDIO, 0, new byte[] {(byte) 0xaf, 0}, 2, 4);
    assertThat(summary().frames()).isZero();
    assertThat(summary().played()).isZero();
    assertThat(summary().joinKeyframeMs().count()).isZero();
  }

  @Test
  void mediaThatComesMoreThanHalfASecondLateIsAStallAndCountsAnewAfterIt() {
    connect();
    for (int i = 0; i <= 10; i++) {
      at(i * 100L);
      video(i * 100L, i == 0);
    }
    at(1_000 + 700);
    video(1_100, false);
    at(1_000 + 800);
    video(1_200, false);
    assertThat(summary().stalls().count()).isEqualTo(1);
    assertThat(summary().stalls().totalMs()).isEqualTo(700);
    assertThat(summary().stalls().players()).isEqualTo(1);
  }

  @Test
  void whatCameAheadOfTimeIsAReserve() {
    connect();
    for (int i = 0; i <= 20; i++) {
      video(i * 100L, i == 0);
    }
    at(2_400);
    video(2_100, false);
    assertThat(summary().stalls().count()).isZero();
  }

  @Test
  void aStallThatIsNotOverCountsAtTheEnd() {
    connect();
    video(0, true);
    video(100, false);
    now = 5_000 * MS;
    meters.end();
    assertThat(summary().stalls().count()).isEqualTo(1);
    assertThat(summary().stalls().totalMs()).isEqualTo(4_900);
  }

  @Test
  void gapsAndStepsBackAreCountedByTrack() {
    connect();
    video(0, true);
    audio(500);
    video(200, false);
    video(401, true);
    video(700, false);
    audio(400);
    assertThat(summary().gaps()).isEqualTo(2);
    assertThat(summary().gapsWithoutKeyframe()).isEqualTo(1);
    assertThat(summary().stepsBack()).isEqualTo(1);
  }

  @Test
  void latencyCountsFromTheMeasurementOnAndSlowPlayersApart() {
    connect();
    byte[] picture = new byte[5 + SenderClock.AVC_BYTES];
    byte[] nal = SenderClock.nal(false);
    System.arraycopy(nal, 0, picture, 5, nal.length);
    picture[0] = 0x27;
    picture[1] = 1;
    SenderClock.set(picture, picture.length, WALL);
    at(10);
    player.frame(FrameSink.VIDEO, 0, picture, picture.length, 500);
    meters.begin();
    at(20);
    player.frame(FrameSink.VIDEO, 33, picture, picture.length, 500);
    meters.player(true).frame(FrameSink.VIDEO, 33, picture, picture.length, 500);
    PlaySummary summary = summary();
    assertThat(summary.latencyMs().count()).isEqualTo(1);
    assertThat(summary.latencyMs().max()).isCloseTo(20, within(0.1));
    assertThat(summary.worstClientP99Ms()).isCloseTo(20, within(0.3));
    assertThat(summary.slow()).isNotNull();
    assertThat(summary.slow().latencyMs().count()).isEqualTo(1);
    assertThat(meters.sample().latency().count()).isEqualTo(1);
    assertThat(meters.sample().latency().count()).isZero();
  }

  @Test
  void whoLeavesByItselfIsForgottenAndWhatItSawIsNot() {
    connect();
    at(10);
    video(0, true);
    video(300, false);
    meters.leave(player);
    PlayerMeter other = meters.player(false);
    other.connected();
    meters.leave(other);
    assertThat(summary().players()).isEqualTo(2);
    assertThat(summary().played()).isEqualTo(1);
    assertThat(summary().gaps()).isEqualTo(1);
    assertThat(summary().disconnected()).isZero();
    assertThat(summary().reasons()).containsOnlyKeys("left before the first frame came");
    assertThat(meters.sample().playing()).isZero();
    meters.begin();
    assertThat(summary().gaps()).isZero();
    assertThat(summary().joinMs().count()).isEqualTo(1);
  }

  @Test
  void packetsAreCountedWhereThereAreSuch() {
    assertThat(summary().packets()).isNull();
    PacketCounts counts = meters.packets();
    counts.received();
    counts.lost(2);
    counts.reordered();
    assertThat(summary().packets().lost()).isEqualTo(1);
    assertThat(summary().packets().lostPercent()).isEqualTo(50);
    assertThat(meters.sample().lost()).isEqualTo(1);
    meters.begin();
    assertThat(summary().packets().lost()).isZero();
    assertThat(meters.packets()).isSameAs(counts);
  }

  @Test
  void anEndBeforeTheFirstFrameIsAFailureAndLaterADisconnect() {
    connect();
    player.ended("refused");
    PlayerMeter other = meters.player(false);
    other.connected();
    other.frame(FrameSink.AUDIO, 0, new byte[] {1, 1}, 2, 2);
    other.ended("cut");
    other.ended("twice");
    assertThat(summary().failed()).isEqualTo(1);
    assertThat(summary().disconnected()).isEqualTo(1);
    assertThat(summary().reasons()).containsOnlyKeys("refused", "cut");
    assertThat(meters.totals().clean()).isFalse();
  }
}
