package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import live.sluice.media.Announcement;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamDirectory.Claim;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDirectoryTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final AtomicLong wall = new AtomicLong(1_000);
  private final NodeInfo self = Region.node("alone", NodeInfo.Role.ORIGIN);
  private final LocalDirectory directory = new LocalDirectory(self, () -> Instant.ofEpochMilli(wall.get()));

  @AfterEach
  void close() {
    directory.close();
  }

  private Claim claim(boolean takeOver) throws Exception {
    return directory.claim(KEY, takeOver).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private StreamEntry granted(boolean takeOver) throws Exception {
    return ((Claim.Granted) claim(takeOver)).entry();
  }

  @Test
  void aSecondPublisherIsRefusedUnlessItTakesOver() throws Exception {
    StreamEntry mine = granted(false);
    assertThat(claim(false)).isEqualTo(new Claim.Refused(mine));
    StreamEntry taken = granted(true);
    assertThat(taken.epoch()).isGreaterThan(mine.epoch());
    directory.release(mine);
    assertThat(directory.lookup(KEY)).isEqualTo(taken);
  }

  @Test
  void theEpochIsTheClockAndStillGrowsWhenTheClockDoesNot() throws Exception {
    StreamEntry first = granted(false);
    assertThat(first.epoch()).isEqualTo(1_000);
    directory.release(first);
    wall.set(10);
    StreamEntry second = granted(false);
    assertThat(second.epoch()).isEqualTo(1_001);
    assertThat(second.discontinuitySequence()).isEqualTo(first.discontinuitySequence() + 1);
  }

  @Test
  void theNextPublishGoesOnFromTheDiscontinuitySequenceThatWasReached() throws Exception {
    StreamEntry first = granted(false);
    directory.describe(new StreamEntry(KEY, self, first.epoch(), 3, List.of("H264")));
    directory.describe(new StreamEntry(KEY, self, first.epoch(), 0, List.of("H264", "AAC")));
    assertThat(directory.lookup(KEY).discontinuitySequence()).isEqualTo(first.discontinuitySequence());
    directory.release(first);
    assertThat(granted(false).discontinuitySequence()).isEqualTo(4);
  }

  @Test
  void aStreamOfAnotherRegionIsKnownAndLeftToItsOwner() throws Exception {
    Announcement direct = Abroad.direct(KEY, "north", 5_000);
    assertThat(directory.announce(direct)).isTrue();
    assertThat(directory.lookup(KEY)).isEqualTo(direct.entry());
    assertThat(directory.routes(KEY)).containsExactly(direct);
    assertThat(claim(false)).isEqualTo(new Claim.Refused(direct.entry()));
    assertThat(granted(true).epoch()).isEqualTo(5_001);
    directory.withdrawAll("north");
    assertThat(directory.announcements()).isEmpty();
    assertThat(directory.announce(Abroad.direct(KEY, "here", 1))).as("its own region's").isFalse();
  }

  @Test
  void aLaterPublishInAnotherRegionEndsTheOneHere() throws Exception {
    Recorder heard = Recorder.of(directory);
    StreamEntry mine = granted(false);
    directory.announce(Abroad.direct(KEY, "north", mine.epoch() - 1));
    assertThat(directory.lookup(KEY)).isEqualTo(mine);
    StreamEntry winner = Abroad.direct(KEY, "north", mine.epoch() + 1).entry();
    directory.announce(Abroad.direct(KEY, "north", mine.epoch() + 1));
    assertThat(directory.lookup(KEY)).isEqualTo(winner);
    Await.until("the loss is told", () -> heard.losses.contains(new Recorder.Loss(mine, winner)));
    directory.withdraw(KEY, "north");
    assertThat(directory.lookup(KEY)).isNull();
    assertThat(granted(false).epoch()).isEqualTo(winner.epoch() + 1);
  }

  @Test
  void listenersHearOfThePublishTheCodecsAndTheEnd() throws Exception {
    Recorder heard = Recorder.of(directory);
    StreamEntry mine = granted(false);
    StreamEntry described = new StreamEntry(KEY, self, mine.epoch(), mine.discontinuitySequence(), List.of("H264"));
    directory.describe(described);
    assertThat(directory.entries()).containsExactly(described);
    directory.release(described);
    Await.until("all is heard", () -> heard.changes.size() == 3);
    assertThat(heard.changes)
        .extracting(Recorder.Change::entry)
        .containsExactly(mine, described, null);
    assertThat(directory.lookup(KEY)).isNull();
    assertThat(directory.nodes()).containsExactly(self);
    assertThat(directory.connected()).isTrue();
  }
}
