package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerConnectionsTest {
  private final PeerConnections connections = new PeerConnections();
  private final List<FakePath> paths = new ArrayList<>();

  PeerConnectionsTest() {
    for (int i = 0; i <= PeerConnections.MOST; i++) {
      paths.add(new FakePath(new InetSocketAddress("203.0.113.1", 1000 + i)));
    }
  }

  @Test
  void aConnectionIsProvedOnce() {
    connections.proved(paths.get(0), null);
    connections.proved(paths.get(0), paths.get(0));
    assertThat(paths.get(0).events).containsExactly("proved");
  }

  @Test
  void ofTooManyTheOldestIsClosedThatIsNotInUse() {
    paths.forEach(each -> connections.proved(each, paths.get(0)));
    assertThat(closed()).containsExactly(paths.get(1));
    connections.closeAll();
    assertThat(closed()).containsExactlyElementsOf(paths);
    assertThat(paths.get(1).events).containsExactly("proved", "closed");
  }

  @Test
  void oneThatWasReplacedIsClosed() {
    connections.proved(paths.get(0), null);
    connections.proved(paths.get(1), paths.get(0));
    connections.forgotten(paths.get(1).path());
    connections.forgotten(paths.get(2).path());
    assertThat(closed()).containsExactly(paths.get(1));
  }

  @Test
  void oneThatIsGoneIsNoneOfThePeersAnyMore() {
    connections.proved(paths.get(0), null);
    assertThat(connections.gone(paths.get(0))).isTrue();
    assertThat(connections.gone(paths.get(0))).isFalse();
    connections.closeAll();
    assertThat(closed()).isEmpty();
  }

  private List<FakePath> closed() {
    return paths.stream().filter(each -> each.events.contains("closed")).toList();
  }
}
