package live.sluice.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;

class StreamOwnersTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final FakeDirectory directory = new FakeDirectory();
  private final ManualTicker ticker = new ManualTicker();
  private final StreamOwners owners = new StreamOwners(directory, "local", KEPT, ticker);
  private final StreamEntry entry = new StreamEntry(KEY, FakeDirectory.SELF, 7, 0, List.of());

  @Test
  void nobody_owns_what_was_never_published() {
    assertThat(owners.lookup(KEY)).isNull();
  }

  @Test
  void the_last_owner_is_told_for_a_while_after_the_end() {
    directory.set(KEY, entry);
    directory.set(KEY, null);
    assertThat(owners.lookup(KEY)).isEqualTo(entry);

    ticker.advance(KEPT.toMillis() + 1000);
    assertThat(owners.lookup(KEY)).isNull();
  }

  @Test
  void a_new_owner_counts_more_than_the_last_one() {
    directory.set(KEY, entry);
    directory.set(KEY, null);
    StreamEntry next = new StreamEntry(KEY, FakeDirectory.SELF, 8, 1, List.of());
    directory.set(KEY, next);
    assertThat(owners.lookup(KEY)).isEqualTo(next);
  }

  @Test
  void an_owner_whose_node_is_gone_is_not_told() {
    NodeInfo gone = new NodeInfo("gone", 1, NodeInfo.Role.ORIGIN, "local", "127.0.0.1", 1, 2, 3);
    directory.set(KEY, new StreamEntry(KEY, gone, 7, 0, List.of()));
    directory.set(KEY, null);
    assertThat(owners.lookup(KEY)).isNull();
  }

  @Test
  void an_owner_of_another_region_is_told_for_a_while_too() {
    NodeInfo far = new NodeInfo("far", 1, NodeInfo.Role.ORIGIN, "north", "127.0.0.1", 1, 2, 3);
    StreamEntry announced = new StreamEntry(KEY, far, 7, 0, List.of());
    directory.set(KEY, announced);
    directory.set(KEY, null);
    assertThat(owners.lookup(KEY)).isEqualTo(announced);
  }
}
