package live.sluice.hop.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import live.sluice.hop.transport.OutStream;
import live.sluice.media.ErrorCode;
import live.sluice.media.Session;
import live.sluice.media.StreamEntry;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import org.junit.jupiter.api.Test;

/** Streams that one node has from another. */
class StreamsOverLinksTest extends LinkFixture {
  private final TestNode a = node("a", "eu");
  private final TestNode b = node("b", "us");
  private final Link link = link(b, a);

  @Test
  void packetsCrossAndOnlyOfWantedLayers() {
    RtpFeed feed = a.publish();
    Received received = subscribe(link, 0b01);
    a.picture(feed, 0, true);
    a.picture(feed, 1, true);
    a.sound(feed);
    world.run(20);
    assertThat(received.got).containsExactlyInAnyOrder("begun PACKETS", "v0 0k", "a 2");
    assertThat(a.asked).contains("layers 1");
  }

  @Test
  void aLayerThatIsWantedLaterComesFromItsKeyframeOn() {
    RtpFeed feed = a.publish();
    Received received = new Received();
    Subscription subscription = link.subscribe(TestNode.KEY, 0b01, List.of("b"), "s", received);
    world.run(20);
    a.asked.clear();
    subscription.wantLayers(0b11);
    world.run(20);
    assertThat(a.asked).contains("layers 3", "keyframe 1");
    a.picture(feed, 1, true);
    world.run(20);
    assertThat(received.got).containsExactly("begun PACKETS", "v1 0k");
  }

  @Test
  void keyframeRequestsAndClocksCross() {
    RtpFeed feed = a.publish();
    Received received = new Received();
    Subscription subscription = link.subscribe(TestNode.KEY, 0b01, List.of("b"), "s", received);
    world.run(2_000);
    a.asked.clear();
    subscription.requestKeyframe(0);
    subscription.requestKeyframe(-1);
    subscription.requestKeyframe(99);
    feed.clock(TestNode.VIDEO, 0, new RtpClock(5, 6, world.nanos()));
    a.picture(feed, 0, true);
    world.run(20);
    assertThat(a.asked).containsExactly("keyframe 0");
    assertThat(received.got).contains("clock 0/0 5=6", "v0 0k");
  }

  @Test
  void whatIsLostForGoodIsGoneOnFromWithAKeyframe() {
    RtpFeed feed = a.publish();
    subscribe(link, 0b01);
    a.picture(feed, 0, true);
    world.run(20);
    a.asked.clear();
    network.loss = 1;
    a.picture(feed, 0, false);
    world.run(1_500);
    network.loss = 0;
    assertThat(a.asked).isEmpty();
    a.picture(feed, 0, false);
    a.picture(feed, 0, false);
    world.run(1_000);
    assertThat(a.asked).as("once, though it is seen twice").containsExactly("keyframe 0");
  }

  @Test
  void whatIsCachedComesFirstWhereTheSourceHeedsNoRequests() {
    a.heeds = false;
    RtpFeed feed = a.publish();
    Received first = subscribe(link, 0b01);
    a.picture(feed, 0, true);
    a.picture(feed, 0, false);
    world.run(20);
    assertThat(first.got).containsExactly("begun PACKETS", "v0 0k", "v0 1");
    ((MemoryConnection) link.connection()).other().streamsLater = 50;
    Received late = subscribe(link, 0b01);
    a.picture(feed, 0, false);
    world.run(20);
    assertThat(late.got).as("the stream is slower than datagrams are").containsExactly("begun PACKETS");
    world.run(50);
    assertThat(late.got).containsExactly("begun PACKETS", "v0 0k", "v0 1", "v0 2");
  }

  private Received joinWhereNoStreamIsRead(RtpFeed feed) {
    subscribe(link, 0b01);
    a.picture(feed, 0, true);
    ((MemoryConnection) link.connection()).other().stuck = true;
    Received late = subscribe(link, 0b01);
    a.picture(feed, 0, false);
    return late;
  }

  @Test
  void liveMediaDoesNotWaitForEverForWhatWasCached() {
    a.heeds = false;
    RtpFeed feed = a.publish();
    Received late = joinWhereNoStreamIsRead(feed);
    world.run(3_100);
    a.picture(feed, 0, false);
    world.run(20);
    assertThat(late.got).containsExactly("begun PACKETS", "v0 1", "v0 2");
  }

  @Test
  void whatIsHeldIsLetGoWhenTheLinkBreaks() {
    a.heeds = false;
    RtpFeed feed = a.publish();
    Received late = joinWhereNoStreamIsRead(feed);
    world.run(20);
    link.close("a test");
    world.run(20);
    assertThat(late.got).containsExactly("begun PACKETS", "ended CONNECTION_LOST");
    assertThat(a.servings).allMatch(Serving::isOver);
  }

  @Test
  void framesCrossAsBytesAndEndWithTheStream() {
    OutStream[] out = new OutStream[1];
    a.serve =
        (asked, serving) -> out[0] = serving.frames(7, Session.detached(Session.Type.NODE_PULL, "test"));
    ((MemoryConnection) link.connection()).other().messagesLater = 5;
    Received received = subscribe(link, 1);
    out[0].write("FLV".getBytes(StandardCharsets.US_ASCII));
    out[0].end();
    world.run(20);
    assertThat(received.got).containsExactly("begun FRAMES", "FLV", "ended STREAM_ENDED");
  }

  @Test
  void refusalsCrossWithTheirCodeAndWhoHasIt() {
    a.serve =
        (asked, serving) ->
            serving.end(
                ErrorCode.NOT_OWNER, "elsewhere", new StreamEntry(TestNode.KEY, b.self, 1, 0, List.of("H264")));
    assertThat(subscribe(link, 1).got).containsExactly("ended NOT_OWNER b");
  }

  @Test
  void aPullThatGoesRoundInACircleIsRefused() {
    Received received = new Received();
    link.subscribe(TestNode.KEY, 1, List.of("a", "b"), "s", received);
    world.run(20);
    assertThat(received.got).containsExactly("ended NOT_OWNER");
    assertThat(a.servings).isEmpty();
  }

  @Test
  void whoGivesUpBeforeTheAnswerIsServedNothing() {
    RtpFeed feed = a.publish();
    Received received = new Received();
    link.subscribe(TestNode.KEY, 1, List.of("b"), "s", received).close();
    world.run(20);
    a.picture(feed, 0, true);
    world.run(20);
    assertThat(received.got).isEmpty();
    assertThat(a.servings).allMatch(Serving::isOver);
    assertThat(link.isIdle()).isTrue();
  }

  @Test
  void aStreamThatIsAskedForByALinkThatIsDownEndsAtOnce() {
    link.close("a test");
    world.run(5);
    assertThat(subscribe(link, 1).got).containsExactly("ended CONNECTION_LOST");
  }

  @Test
  void whatANodeThatStopsServedEnds() {
    a.publish();
    Received received = subscribe(link, 1);
    a.registry.shutDown();
    world.run(20);
    assertThat(received.got.getLast()).startsWith("ended ");
  }
}
