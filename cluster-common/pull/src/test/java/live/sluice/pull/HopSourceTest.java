package live.sluice.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.container.flv.FlvForm;
import live.sluice.container.flv.FlvHeader;
import live.sluice.hop.control.ControlMessage;
import live.sluice.hop.control.Flow;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.link.Links;
import live.sluice.hop.media.wire.MediaHeader;
import live.sluice.hop.testing.NoServing;
import live.sluice.hop.transport.InStream;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaForm;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamFollower;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.Frames;
import live.sluice.media.testing.ManualTicker;
import live.sluice.pull.link.ScriptedPeer;
import live.sluice.pull.packets.NoBridge;
import live.sluice.pull.packets.PacketRequests;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream by a link, from a node that does as the test says. */
class HopSourceTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final NodeInfo FROM = FakeSources.node("from");
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private static final int FLOW = 5;

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ScriptedPeer peer = new ScriptedPeer(FROM);
  private final Links links = new Links(peer, new NoServing(FakeDirectory.SELF), List.of(channel.eventLoop()), ticker);
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
  private final RtpStreams packets = new RtpStreams(registry, new NoBridge(), ticker);
  private final Session session = Session.detached(Session.Type.PULL, "test");
  private final List<String> told = new ArrayList<>();
  private @Nullable PacketRequests requests;
  private int sequence;

  @BeforeEach
  void freeze() {
    channel.freezeTime();
    registry.follow(KEY, stream -> new Wanting(), channel.eventLoop());
    settle();
  }

  @AfterEach
  void close() {
    links.close();
    registry.shutDown();
    settle();
    channel.finishAndReleaseAll();
  }

  private void settle() {
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private void run(long ms) {
    channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
    settle();
  }

  private HopSource open() {
    HopSource source =
        HopSource.open(links, KEY, channel.eventLoop(), FROM, "self", session, new Events(), ticker);
    settle();
    return source;
  }

  private int request() {
    return peer.heard.stream()
        .filter(ControlMessage.Subscribe.class::isInstance)
        .map(ControlMessage.Subscribe.class::cast)
        .findFirst()
        .orElseThrow()
        .request();
  }

  private void answer(MediaPath form) {
    boolean asPackets = form == MediaPath.PACKETS;
    peer.say(
        new ControlMessage.Subscribed(
            request(),
            form,
            7,
            true,
            asPackets ? List.of(VIDEO) : List.of(),
            asPackets ? List.of(new Flow(FLOW, 0, 0)) : List.of(),
            "theirs"));
    settle();
  }

  /** A picture of one packet, of 100 bytes. */
  private void picture() {
    byte[] datagram = new byte[MediaHeader.length(FLOW) + 100];
    MediaHeader.write(datagram, FLOW, MediaHeader.FIRST | MediaHeader.LAST | MediaHeader.MARKER, sequence, 0);
    ByteBuffer.wrap(datagram).position(MediaHeader.length(FLOW)).put((byte) 0x80).put((byte) 0xe0).putShort((short) sequence);
    sequence++;
    peer.other().datagram(datagram);
    settle();
  }

  private static byte[] head(int request) {
    return ByteBuffer.allocate(5).put((byte) 1).putInt(request).array();
  }

  private static byte[] flv(Frame frame) {
    ByteBuf tag = frame.encoded(FlvForm.FLV, Unpooled.buffer().alloc());
    byte[] bytes = new byte[tag.readableBytes()];
    tag.getBytes(tag.readerIndex(), bytes);
    frame.release();
    return bytes;
  }

  @Test
  void itAsksForTheStreamWithThisNodeInTheWayAndTheSessionOfThePull() {
    open();
    assertThat(peer.heard)
        .singleElement()
        .isInstanceOfSatisfying(
            ControlMessage.Subscribe.class,
            asked -> {
              assertThat(asked.key()).isEqualTo(KEY);
              assertThat(asked.path()).containsExactly("self");
              assertThat(asked.session()).isEqualTo(session.id());
            });
    assertThat(told).isEmpty();
  }

  @Test
  void packetsAreFedAndCountedAndWhatReadersAskGoesToTheOtherNode() {
    open();
    answer(MediaPath.PACKETS);
    assertThat(told).containsExactly("packets, heeds requests: true");
    assertThat(session.detail("via")).isEqualTo("theirs");
    picture();
    picture();
    assertThat(session.frames()).isEqualTo(2);
    assertThat(session.receivedBytes()).isEqualTo(200);
    int request = request();
    peer.heard.clear();
    requireNonNull(requests).requestKeyframe(0);
    requireNonNull(requests).wantLayers(3);
    settle();
    assertThat(peer.heard)
        .containsExactly(
            new ControlMessage.KeyframeRequest(request, 0), new ControlMessage.Update(request, 3));
  }

  @Test
  void framesComeAsFlvInWhateverPieces() {
    open();
    answer(MediaPath.FRAMES);
    assertThat(told).containsExactly("started");
    InStream in = peer.other().stream();
    in.bytes(head(request()));
    in.bytes(FlvHeader.bytes(false, true));
    byte[] tag = flv(Frames.key(40));
    in.bytes(Arrays.copyOf(tag, 7));
    settle();
    assertThat(told).containsExactly("started");
    in.bytes(Arrays.copyOfRange(tag, 7, tag.length));
    settle();
    assertThat(told).containsExactly("started", "frame 40");
    assertThat(session.frames()).isEqualTo(1);
  }

  @Test
  void framesThatAreNoneEndIt() {
    open();
    answer(MediaPath.FRAMES);
    InStream in = peer.other().stream();
    in.bytes(head(request()));
    in.bytes("this is not FLV at all".getBytes(StandardCharsets.US_ASCII));
    settle();
    assertThat(told).hasSize(2).last().asString().startsWith("ended ");
    assertThat(peer.heard.getLast()).isEqualTo(new ControlMessage.Unsubscribe(1));
  }

  @Test
  void aRefusalIsToldWithItsCodeAndOnce() {
    open();
    peer.say(new ControlMessage.Ended(request(), ErrorCode.NOT_SUPPORTED, "frames", null));
    settle();
    run(5_000);
    assertThat(told).containsExactly("ended NOT_SUPPORTED");
  }

  @Test
  void whoDoesNotAnswerWithinThreeSecondsIsGivenUp() {
    open();
    run(2_999);
    assertThat(told).isEmpty();
    run(1);
    assertThat(told).containsExactly("ended UPSTREAM_FAILED");
    assertThat(peer.heard.getLast()).isEqualTo(new ControlMessage.Unsubscribe(request()));
  }

  @Test
  void whoAnsweredMayBeSilentForLonger() {
    open();
    answer(MediaPath.PACKETS);
    run(5_000);
    assertThat(told).containsExactly("packets, heeds requests: true");
  }

  @Test
  void aLinkThatCantBeMadeIsTold() {
    peer.answers = false;
    open();
    assertThat(told).containsExactly("ended CONNECTION_LOST");
  }

  @Test
  void aLinkThatBreaksIsTold() {
    open();
    answer(MediaPath.PACKETS);
    peer.other().closed("broken");
    settle();
    assertThat(told).containsExactly("packets, heeds requests: true", "ended CONNECTION_LOST");
  }

  @Test
  void afterTheCloseNothingIsToldAndTheOtherNodeStops() {
    HopSource source = open();
    answer(MediaPath.PACKETS);
    int request = request();
    source.close();
    picture();
    peer.say(new ControlMessage.Ended(request, ErrorCode.STREAM_ENDED, "late", null));
    settle();
    run(5_000);
    assertThat(peer.heard.getLast()).isEqualTo(new ControlMessage.Unsubscribe(request));
    assertThat(told).containsExactly("packets, heeds requests: true");
    assertThat(session.frames()).isZero();
  }

  /** Feeds what comes into the stream, as a pull does. */
  private final class Events implements SourceConnection.Events {
    @Override
    public void started() {
      told.add("started");
    }

    @Override
    public void frame(Frame frame) {
      told.add("frame " + frame.dts());
      frame.release();
    }

    @Override
    public RtpFeed startedPackets(List<RtpTrack> tracks, boolean heedsRequests, PacketRequests way) {
      told.add("packets, heeds requests: " + heedsRequests);
      requests = way;
      Stream stream = requireNonNull(registry.find(KEY));
      StreamEntry entry = new StreamEntry(KEY, FROM, 7, 0, List.of());
      return packets.pulled(
          tracks,
          new PulledPackets(heedsRequests, way, (code, why) -> {}),
          by -> stream.connect(entry, false, new StreamRegistry.Publisher(session, by, MediaForm.PACKETS)));
    }

    @Override
    public void ended(ErrorCode code, String why) {
      told.add("ended " + code);
    }
  }

  private static final class Wanting implements StreamFollower {
    @Override
    public void onSource(Publication source) {}

    @Override
    public void onSourceEnded(Publication source) {}

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }
}
