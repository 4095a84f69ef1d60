package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import live.sluice.media.Announcement;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final RouteTable routes = new RouteTable();

  @Test
  void allWaysAreThereTheBestFirst() {
    Announcement direct = Abroad.direct(KEY, "north", 5);
    Announcement through = Abroad.by("west", direct, 20);
    assertThat(routes.put("b", through)).isTrue();
    assertThat(routes.put("a", direct)).isTrue();
    assertThat(routes.routes(KEY)).containsExactly(direct, through);
    assertThat(routes.best(KEY)).isEqualTo(direct.entry());
    assertThat(routes.remove(KEY, "a")).isTrue();
    assertThat(routes.routes(KEY)).containsExactly(through);
    assertThat(routes.remove(KEY, "b")).isTrue();
    assertThat(routes.best(KEY)).isNull();
    assertThat(routes.all()).isEmpty();
  }

  @Test
  void whatTwoGatewaysHearOfOneWayIsOneRoute() {
    Announcement direct = Abroad.direct(KEY, "north", 5);
    routes.put("gateway 1", direct);
    assertThat(routes.put("gateway 2", direct)).as("changed").isFalse();
    assertThat(routes.size()).isEqualTo(2);
    assertThat(routes.routes(KEY)).containsExactly(direct);
    assertThat(routes.remove(KEY, "gateway 1")).as("changed").isFalse();
    assertThat(routes.routes(KEY)).containsExactly(direct);
    assertThat(routes.size()).isEqualTo(1);
  }

  @Test
  void aSourceReplacesWhatItSaid() {
    routes.put("a", Abroad.direct(KEY, "north", 5));
    assertThat(routes.put("a", Abroad.direct(KEY, "north", 6))).isTrue();
    assertThat(routes.size()).isEqualTo(1);
    assertThat(routes.best(KEY)).isEqualTo(Abroad.direct(KEY, "north", 6).entry());
  }

  @Test
  void whereItIsFullOnlyWhatIsThereIsReplaced() {
    Announcement there = Abroad.direct(StreamKey.of("live", "0"), "north", 5);
    for (int i = 0; i < RouteTable.MOST; i++) {
      Announcement each = Abroad.direct(StreamKey.of("live", Integer.toString(i)), "north", 5);
      assertThat(routes.takes(each)).isTrue();
      routes.put("a", routes.lean(each));
    }
    assertThat(routes.takes(Abroad.direct(there.entry().key(), "north", 6))).isTrue();
    assertThat(routes.takes(Abroad.direct(there.entry().key(), "south", 6))).isFalse();
    assertThat(routes.takes(Abroad.direct(KEY, "north", 5))).isFalse();
    routes.remove(there.entry().key(), "a");
    assertThat(routes.takes(Abroad.direct(KEY, "north", 5))).isTrue();
  }

  @Test
  void epochsAreRememberedWhenTheStreamIsAnnouncedNoMore() {
    assertThat(routes.highEpoch(KEY)).isZero();
    assertThat(routes.highDiscontinuity(KEY)).isEqualTo(-1);
    routes.put("a", Abroad.direct(KEY, "north", 5));
    routes.put("b", Abroad.direct(KEY, "south", 9));
    assertThat(routes.highEpoch(KEY)).isEqualTo(9);
    routes.remove(KEY, "b");
    routes.remove(KEY, "a");
    assertThat(routes.highEpoch(KEY)).isEqualTo(9);
    assertThat(routes.highDiscontinuity(KEY)).isEqualTo(3);
  }
}
