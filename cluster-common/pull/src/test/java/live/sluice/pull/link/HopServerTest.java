package live.sluice.pull.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.link.Links;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Sessions;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.ManualTicker;
import live.sluice.pull.packets.NoBridge;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpSource;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node answers to others that ask it for a stream by a link, and what they get. */
class HopServerTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final NodeInfo SELF = FakeDirectory.SELF;
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");

  /** Bytes that wait for a link before frames are left out. */
  private static final int FULL = 1 << 20;

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeDirectory directory = new FakeDirectory();
  private final Sessions sessions = new Sessions(100, 100, ticker);
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), directory, ticker);
  private final RtpStreams packets = new RtpStreams(registry, new NoBridge(), ticker);
  private final ScriptedPeer near = new ScriptedPeer(node("near", SELF.region()));
  private final ScriptedPeer far = new ScriptedPeer(node("far", "another"));
  private @Nullable String pulledFrom;

  private final HopServer server =
      new HopServer(SELF, sessions, registry, directory, packets, key -> pulledFrom);

  @BeforeEach
  void dial() {
    channel.freezeTime();
    for (ScriptedPeer peer : List.of(near, far)) {
      Links links = new Links(peer, server, List.of(channel.eventLoop()), ticker);
      links.listen(InetSocketAddress.createUnresolved("self", 1));
      peer.dial();
    }
    settle();
  }

  @AfterEach
  void close() {
    near.other().closed("the test is over");
    far.other().closed("the test is over");
    registry.shutDown();
    run(100);
    channel.finishAndReleaseAll();
  }

  private static NodeInfo node(String id, String region) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, "127.0.0.1", 1, 2, 3, 4);
  }

  private void settle() {
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private void run(long ms) {
    for (long i = 0; i < ms; i += 10) {
      channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
      settle();
    }
  }

  private void ask(ScriptedPeer by) {
    by.say(new ControlMessage.Subscribe(1, KEY, 1, List.of("edge"), "theirs"));
    settle();
  }

  private Publication publishFrames() {
    Session session = Session.detached(Session.Type.RTMP_PUBLISH, "test");
    return registry
        .publish(KEY, session, channel.eventLoop(), (code, why) -> {})
        .toCompletableFuture()
        .resultNow();
  }

  private RtpFeed publishPackets() {
    Session session = Session.detached(Session.Type.RTC_PUBLISH, "test");
    return packets
        .publish(KEY, session, channel.eventLoop(), List.of(VIDEO), new Source())
        .toCompletableFuture()
        .resultNow();
  }

  private void ownedBy(NodeInfo owner) {
    directory.set(KEY, new StreamEntry(KEY, owner, 5, 0, List.of()));
  }

  private static ControlMessage.Ended ended(ScriptedPeer peer) {
    return (ControlMessage.Ended) peer.heard.getLast();
  }

  private static ControlMessage.Subscribed subscribed(ScriptedPeer peer) {
    return (ControlMessage.Subscribed) peer.heard.getLast();
  }

  @Test
  void whatNobodyPublishesIsRefused() {
    ask(near);
    assertThat(ended(near).code()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
    assertThat(registry.streams()).as("a name that is asked for makes no stream").isEmpty();
  }

  @Test
  void aStreamOfAnotherNodeOfTheRegionIsRefusedWithItsOwner() {
    NodeInfo owner = node("owner", SELF.region());
    ownedBy(owner);
    ask(near);
    assertThat(ended(near).code()).isEqualTo(ErrorCode.NOT_OWNER);
    assertThat(Objects.requireNonNull(ended(near).owner()).owner()).isEqualTo(owner);
  }

  @Test
  void aStreamOfAnotherRegionIsPulledForWhoAsks() {
    ownedBy(node("owner", "africa"));
    boolean[] pulled = new boolean[1];
    registry.setUpstream(
        stream -> {
          pulled[0] = true;
          return () -> pulled[0] = false;
        });
    ask(near);
    assertThat(pulled[0]).isTrue();
    assertThat(near.heard).isEmpty();
    near.say(new ControlMessage.Unsubscribe(1));
    ticker.advance(10_000);
    run(2_000);
    assertThat(pulled[0]).as("nobody wants it any more").isFalse();
  }

  @Test
  void twoNodesThatTakeEachOtherForTheHubDoNotWaitForEachOther() {
    ownedBy(node("owner", "africa"));
    pulledFrom = "near";
    ask(near);
    assertThat(ended(near).code()).isEqualTo(ErrorCode.NOT_OWNER);
  }

  @Test
  void framesCrossByAnotherWayWithinTheRegion() {
    publishFrames();
    ask(near);
    assertThat(ended(near).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(sessions.size()).isZero();
  }

  @Test
  void framesCrossToAnotherRegionAsFlvUnderASession() {
    Publication publication = publishFrames();
    ask(far);
    feed(publication, 0);
    feed(publication, 1_000);
    assertThat(subscribed(far).form()).isEqualTo(MediaPath.FRAMES);
    assertThat(subscribed(far).epoch()).isEqualTo(publication.entry().epoch());
    Session session = sessions.all().iterator().next();
    assertThat(subscribed(far).session()).isEqualTo(session.id());
    assertThat(session.type()).isEqualTo(Session.Type.NODE_PULL);
    assertThat(session.detail("node")).isEqualTo("far");
    assertThat(session.detail("via")).isEqualTo("theirs");
    byte[] all = far.streamed.toByteArray();
    assertThat(all).startsWith(1, 0, 0, 0, 1, 'F', 'L', 'V');
    int before = all.length;
    feed(publication, 1_040);
    assertThat(far.streamed.size()).isGreaterThan(before);
  }

  @Test
  void whenThePublisherGoesTheOtherNodeIsToldAndTheSessionEnds() {
    Publication publication = publishFrames();
    ask(far);
    feed(publication, 0);
    feed(publication, 1_000);
    assertThat(sessions.size()).isEqualTo(1);
    registry.shutDown();
    settle();
    assertThat(far.heard.getLast()).isInstanceOf(ControlMessage.Ended.class);
    assertThat(sessions.size()).isZero();
  }

  @Test
  void aNodeThatTakesTooLittleIsWrittenNoMoreUntilItTakesAgain() {
    Publication publication = publishFrames();
    ask(far);
    feed(publication, 0);
    feed(publication, 1_000);
    far.waiting = FULL;
    int before = far.streamed.size();
    feed(publication, 1_040);
    assertThat(far.streamed.size()).isEqualTo(before);
    far.drain();
    settle();
    assertThat(far.streamed.size()).isGreaterThan(before);
  }

  @Test
  void whoeverGivesUpIsServedNoMoreAndLeavesNothing() {
    Publication publication = publishFrames();
    ask(far);
    feed(publication, 0);
    feed(publication, 1_000);
    far.say(new ControlMessage.Unsubscribe(1));
    settle();
    int before = far.streamed.size();
    feed(publication, 1_040);
    assertThat(far.streamed.size()).isEqualTo(before);
    assertThat(far.aborted).isTrue();
    assertThat(sessions.size()).isZero();
    assertThat(publication.stream().readerCount()).isZero();
  }

  @Test
  void packetsCrossToAnyNode() {
    RtpFeed feed = publishPackets();
    ask(near);
    assertThat(subscribed(near).form()).isEqualTo(MediaPath.PACKETS);
    assertThat(subscribed(near).tracks()).containsExactly(VIDEO);
    feed.packet(picture());
    feed.flush();
    run(20);
    assertThat(near.mediaDatagrams).isEqualTo(1);
  }

  @Test
  void aSessionThatIsKickedEndsTheStreamForTheOtherNode() {
    publishPackets();
    ask(near);
    sessions.all().iterator().next().end(ErrorCode.KICKED, "a test");
    settle();
    assertThat(ended(near).code()).isEqualTo(ErrorCode.KICKED);
    assertThat(sessions.size()).isZero();
  }

  @Test
  void aNodeThatStopsRefuses() {
    publishPackets();
    registry.drain();
    ask(near);
    assertThat(ended(near).code()).isEqualTo(ErrorCode.DRAINING);
    assertThat(sessions.size()).isZero();
  }

  private void feed(Publication by, long time) {
    by.frame(Frames.videoConfig(time));
    by.frame(Frames.key(time));
    run(20);
  }

  private static RtpPacket picture() {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.buffer(112);
    bytes.writeByte(0x80).writeByte(0x80 | 96).writeShort(1).writeInt(100).writeInt(7).writeZero(100);
    return new RtpPacket(VIDEO, 0, bytes, 12, true, 0);
  }

  private static final class Source implements RtpSource {
    @Override
    public void requestKeyframe(int layer) {}

    @Override
    public boolean heedsRequests() {
      return true;
    }

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }
}
