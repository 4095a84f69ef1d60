package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LadderTest {
  private static final PullTarget TARGET = new PullTarget.Foreign("a fake");

  private final List<String> told = new ArrayList<>();
  private final List<FakeConnection> links = new ArrayList<>();
  private final List<FakeConnection> overTcp = new ArrayList<>();
  private int unlinked;

  private final SourceConnection.Events events =
      new SourceConnection.Events() {
        @Override
        public void started() {
          told.add("started");
        }

        @Override
        public void frame(Frame frame) {
          throw new UnsupportedOperationException("no test of these has frames");
        }

        @Override
        public RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests requests) {
          throw new UnsupportedOperationException("no test of these has packets");
        }

        @Override
        public void ended(ErrorCode code, String why) {
          told.add("ended " + code);
        }
      };

  private Ladder ladder(boolean canLink) {
    return new Ladder(events, on -> made(links, on), on -> made(overTcp, on), canLink, () -> unlinked++);
  }

  private static FakeConnection made(List<FakeConnection> all, SourceConnection.Events on) {
    FakeConnection connection = new FakeConnection(TARGET, on);
    all.add(connection);
    return connection;
  }

  @Test
  void aStreamThatComesByTheLinkStaysWithIt() {
    Ladder ladder = ladder(true);
    links.getFirst().events.started();
    links.getFirst().events.ended(ErrorCode.CONNECTION_LOST, "later");
    assertThat(told).containsExactly("started", "ended CONNECTION_LOST");
    assertThat(overTcp).isEmpty();
    assertThat(unlinked).isZero();
    assertThat(ladder.standsIn()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "UNAUTHORIZED"})
  void whereNoLinkCanBeMadeItComesOverTcpInItsPlace(ErrorCode code) {
    Ladder ladder = ladder(true);
    assertThat(ladder.standsIn()).isFalse();
    links.getFirst().events.ended(code, "UDP is blocked");
    assertThat(overTcp).hasSize(1);
    assertThat(ladder.standsIn()).isTrue();
    assertThat(unlinked).isEqualTo(1);
    overTcp.getFirst().events.started();
    assertThat(told).containsExactly("started");
  }

  @Test
  void framesOfTheSameRegionComeOverTcpForGood() {
    Ladder ladder = ladder(true);
    links.getFirst().events.ended(ErrorCode.NOT_SUPPORTED, "frames");
    assertThat(overTcp).hasSize(1);
    assertThat(ladder.standsIn()).isFalse();
    assertThat(unlinked).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void aRefusalIsToldAndNotAskedForOverTcpAgain() {
    ladder(true);
    links.getFirst().events.ended(ErrorCode.STREAM_NOT_FOUND, "not here");
    assertThat(told).containsExactly("ended STREAM_NOT_FOUND");
    assertThat(overTcp).isEmpty();
  }

  @Test
  void whereALinkIsNotWorthATryItBeginsOverTcpInItsPlace() {
    Ladder ladder = ladder(false);
    assertThat(links).isEmpty();
    assertThat(overTcp).hasSize(1);
    assertThat(ladder.standsIn()).isTrue();
    assertThat(unlinked).isZero();
  }

  @Test
  void aLinkThatFailsAtOnceLeavesTheConnectionOverTcpInPlace() {
    Ladder ladder =
        new Ladder(
            events,
            on -> {
              on.ended(ErrorCode.CONNECTION_LOST, "at once");
              return made(links, on);
            },
            on -> made(overTcp, on),
            true,
            () -> unlinked++);
    ladder.close();
    assertThat(overTcp.getFirst().closed).isTrue();
  }

  @Test
  void whatIsClosedClosesWhatThereIsAndClimbsNoFurther() {
    Ladder ladder = ladder(true);
    ladder.close();
    links.getFirst().events.ended(ErrorCode.CONNECTION_LOST, "late");
    assertThat(links.getFirst().closed).isTrue();
    assertThat(overTcp).isEmpty();
    assertThat(told).isEmpty();
  }
}
