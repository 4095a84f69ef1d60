package live.sluice.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.ManualTicker;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pull of one stream with a player, in a thread whose time stands still until it is told to go on. */
class StreamPullTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final long LOOK_MS = 2_000;

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry = new StreamRegistry(patient(), new FakeDirectory(), ticker);
  private final FakeSources sources = new FakeSources(ticker);
  private final RecordingSink player = new RecordingSink(channel.eventLoop());
  private final List<StreamPull> pulls = new ArrayList<>();
  private final List<StreamPull> stopped = new ArrayList<>();

  /** Nothing ends for want of media while a test has time pass. */
  private static MediaSettings patient() {
    MediaSettings usual = MediaSettings.defaults();
    Duration never = Duration.ofHours(1);
    return new MediaSettings(
        usual.gopBytes(),
        usual.gopFrames(),
        never,
        usual.readerBytes(),
        never,
        never,
        never,
        usual.pullLinger(),
        never,
        usual.memoryBudget(),
        usual.takeOver());
  }

  @BeforeEach
  void freeze() {
    channel.freezeTime();
    registry.setUpstream(
        stream -> {
          BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(10));
          Session session = Session.detached(Session.Type.PULL, "test");
          StreamPull pull = new StreamPull(stream, sources, backOff, session, stopped::add);
          pulls.add(pull);
          pull.start();
          return pull;
        });
  }

  @AfterEach
  void close() {
    registry.shutDown();
    run(100);
    channel.finishAndReleaseAll();
  }

  private void run(long ms) {
    for (long left = ms; left > 0; left -= 10) {
      ticker.advance(10);
      channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }

  private static PullTarget.Node from(String id, long epoch) {
    return new PullTarget.Node(new StreamEntry(KEY, FakeSources.node(id), epoch, 0, List.of()), FakeSources.node(id));
  }

  private void play(@Nullable PullTarget target) {
    sources.target = target;
    Session session = Session.detached(Session.Type.FLV_PLAY, "127.0.0.1:2");
    registry.play(KEY, new Reader(player, TestForm.INSTANCE, TrackFilter.ALL, 0, session));
    run(10);
  }

  /** Plays from {@code a}, which serves. */
  private FakeConnection playing() {
    play(from("a", 1));
    FakeConnection made = sources.last();
    made.events.started();
    feed(made, 0);
    return made;
  }

  private void feed(FakeConnection by, long time) {
    by.events.frame(Frames.videoConfig(time));
    by.events.frame(Frames.key(time));
    run(10);
  }

  private StreamPull pull() {
    return pulls.getFirst();
  }

  @Test
  void aSourceThatRefusesIsAskedAgainWithPausesThatGrow() {
    sources.refuses = true;
    play(from("a", 1));
    run(1_000);
    int early = sources.connections.size();
    assertThat(early).as("of at most 100, 200 and 400 ms").isBetween(4, 6);
    run(60_000);
    int before = sources.connections.size();
    run(60_000);
    assertThat(sources.connections.size() - before).as("of 5 to 10 s").isBetween(6, 12);
    assertThat(player.ended()).isNull();
  }

  @Test
  void oneThatServedForLongIsAskedAgainAtOnceWhenItBreaks() {
    FakeConnection first = playing();
    for (int i = 0; i < 6; i++) {
      sources.last().events.ended(ErrorCode.CONNECTION_LOST, "broken");
      run(10_000);
      sources.last().events.started();
    }
    run(6_000);
    int before = sources.connections.size();
    sources.last().events.ended(ErrorCode.CONNECTION_LOST, "broken");
    run(100);
    assertThat(sources.connections).hasSize(before + 1);
    assertThat(first.closed).isTrue();
    assertThat(sources.said).contains("suspect a");
  }

  @Test
  void whatNobodyPublishesIsLookedForUntilSomebodyDoes() {
    play(null);
    run(5_000);
    assertThat(sources.connections).isEmpty();
    assertThat(pull().from()).isNull();
    sources.target = from("a", 1);
    pull().entryChanged(from("a", 1).entry());
    assertThat(sources.asked()).containsExactly("a");
    assertThat(pull().from()).isEqualTo("a");
  }

  @Test
  void aNewOwnerIsTurnedToAtOnce() {
    FakeConnection old = playing();
    feed(old, 1_000);
    sources.target = from("b", 2);
    pull().entryChanged(from("b", 2).entry());
    assertThat(old.closed).isTrue();
    assertThat(sources.asked()).containsExactly("a", "b");
    sources.last().events.started();
    feed(sources.last(), 0);
    assertThat(player.got()).as("players go on, on the stream's own clock").contains("v1000k", "v1040k");
    assertThat(player.ended()).isNull();
  }

  @Test
  void whatTheDirectorySaysOfAnOldOwnerOrTheSameOneChangesNothing() {
    playing();
    pull().entryChanged(from("a", 1).entry());
    pull().entryChanged(from("b", 0).entry());
    pull().entryChanged(null);
    assertThat(sources.asked()).containsExactly("a");
    assertThat(sources.last().closed).isFalse();
  }

  @Test
  void aBetterNodeIsAskedAndThePresentOneLetGoOnlyWhenThatServes() {
    FakeConnection present = playing();
    sources.target = from("b", 1);
    run(LOOK_MS);
    assertThat(sources.asked()).containsExactly("a", "b");
    assertThat(present.closed).isFalse();
    feed(present, 40);
    assertThat(player.got()).as("still from the first").contains("v40k");
    assertThat(pull().from()).isEqualTo("a");
    sources.last().events.started();
    assertThat(present.closed).isTrue();
    assertThat(pull().from()).isEqualTo("b");
    assertThat(sources.last().closed).isFalse();
  }

  @Test
  void aNodeThatHasNotAnsweredIsLetGoWhenABetterOneServes() {
    play(from("a", 1));
    FakeConnection silent = sources.last();
    sources.target = from("b", 1);
    run(LOOK_MS);
    sources.last().events.started();
    assertThat(silent.closed).isTrue();
    assertThat(sources.last().closed).isFalse();
  }

  @Test
  void aMoveThatFailsLeavesThePresentOneAsItIs() {
    FakeConnection present = playing();
    sources.target = from("b", 1);
    run(LOOK_MS);
    sources.last().events.ended(ErrorCode.UPSTREAM_FAILED, "no answer");
    assertThat(present.closed).isFalse();
    assertThat(pull().from()).isEqualTo("a");
    assertThat(sources.said).containsExactly("suspect b");
    feed(present, 40);
    assertThat(player.got()).contains("v40k");
  }

  @Test
  void aBetterNodeThatKeepsRefusingIsAskedLessAndLessOften() {
    playing();
    sources.target = from("b", 1);
    sources.refuses = true;
    run(120_000);
    int before = sources.connections.size();
    assertThat(before).as("asked once, then after 2, 4, 8, 16 and at most 30 s").isBetween(6, 12);
    run(300_000);
    assertThat(sources.connections.size() - before).as("each 15 to 32 s").isBetween(9, 20);
  }

  @Test
  void afterAMoveThatSucceededNothingOfFormerFailuresIsLeft() {
    playing();
    sources.target = from("b", 1);
    sources.refuses = true;
    run(60_000);
    sources.refuses = false;
    run(34_000);
    sources.last().events.started();
    assertThat(pull().from()).isEqualTo("b");
    sources.target = from("a", 1);
    run(LOOK_MS);
    assertThat(sources.asked().getLast()).isEqualTo("a");
  }

  @Test
  void aPullThatFellToTcpReturnsToTheLinkWhenOneCanBeMade() {
    FakeConnection overTcp = playing();
    overTcp.standsIn = true;
    sources.canLink = false;
    run(10_000);
    assertThat(sources.asked()).containsExactly("a");
    sources.canLink = true;
    run(LOOK_MS);
    assertThat(sources.asked()).containsExactly("a", "a by link");
    assertThat(overTcp.closed).isFalse();
    sources.last().events.started();
    assertThat(overTcp.closed).isTrue();
    run(60_000);
    assertThat(sources.connections).as("it is where it wanted to be").hasSize(2);
  }

  @Test
  void aLinkThatStillCantBeMadeSaysNothingAgainstTheNodeThatServes() {
    FakeConnection overTcp = playing();
    overTcp.standsIn = true;
    run(LOOK_MS);
    sources.last().events.ended(ErrorCode.CONNECTION_LOST, "UDP is blocked");
    assertThat(sources.said).containsExactly("unlinked a");
    assertThat(overTcp.closed).isFalse();
    run(2 * LOOK_MS);
    sources.last().events.ended(ErrorCode.UPSTREAM_FAILED, "no answer");
    assertThat(sources.asked()).containsExactly("a", "a by link", "a by link");
    assertThat(sources.said).containsExactly("unlinked a");
  }

  @Test
  void aStreamThatDoesNotComeByTheLinkStaysWithTcp() {
    FakeConnection overTcp = playing();
    overTcp.standsIn = true;
    run(LOOK_MS);
    sources.last().events.ended(ErrorCode.NOT_SUPPORTED, "it comes as frames");
    run(120_000);
    assertThat(sources.asked()).containsExactly("a", "a by link");
    assertThat(overTcp.closed).isFalse();
  }

  @Test
  void whenTheLastPlayerHasGoneAllConnectionsAndTimersEnd() {
    FakeConnection present = playing();
    sources.target = from("b", 1);
    run(LOOK_MS);
    FakeConnection next = sources.last();
    registry.shutDown();
    run(100);
    assertThat(present.closed).isTrue();
    assertThat(next.closed).isTrue();
    assertThat(stopped).containsExactly(pull());
    sources.target = from("c", 1);
    run(60_000);
    assertThat(sources.connections).hasSize(2);
  }

  @Test
  void whoeverPublishesHereEndsThePullOfIt() {
    FakeConnection present = playing();
    registry.publish(
        KEY, Session.detached(Session.Type.RTMP_PUBLISH, "test"), channel.eventLoop(), (code, why) -> {});
    run(10);
    assertThat(present.closed).isTrue();
    assertThat(stopped).containsExactly(pull());
  }
}
