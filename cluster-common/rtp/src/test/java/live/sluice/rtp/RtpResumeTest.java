package live.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.MediaForm;
import live.sluice.media.MediaSettings;
import live.sluice.media.NodeInfo;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that is pulled from one node and then from another: the same packets, by another way. */
class RtpResumeTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private static final RtpTrack AUDIO = new RtpTrack(1, Codec.OPUS, 48_000, 2, "");
  private static final NodeInfo OWNER = new NodeInfo("far", 1, NodeInfo.Role.ORIGIN, "us", "far", 1, 2, 3, 4);

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry =
      new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker, () -> 0);
  private final RtpStreams streams = new RtpStreams(registry, new RecordingBridge(), ticker);
  private final FakeRtpSource source = new FakeRtpSource();
  private final RecordingReader reader = new RecordingReader(channel.eventLoop());

  @BeforeEach
  void begin() {
    channel.freezeTime();
    streams.open(KEY, channel.eventLoop(), 5_000);
    channel.runPendingTasks();
  }

  @AfterEach
  void everythingIsReleased() {
    registry.shutDown();
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
  }

  @Test
  void whatComesOnceMoreIsPassedOver() {
    RtpFeed first = pull(7, VIDEO, AUDIO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 65_535, 100, true), packet(VIDEO, 0, 200, false), packet(AUDIO, 9, 5, true));
    first.close();
    RtpFeed second = pull(7, VIDEO, AUDIO);
    send(second, packet(VIDEO, 65_535, 100, true), packet(VIDEO, 0, 200, false), packet(VIDEO, 1, 300, false));
    send(second, packet(AUDIO, 9, 5, true), packet(AUDIO, 10, 965, true));
    assertThat(reader.got).containsExactly("joined", "v65535k", "v0", "a9", "v1", "a10");
    assertThat(source.asked).as("nothing was missed").isEqualTo(1);
    RecordingReader late = new RecordingReader(channel.eventLoop());
    second.stream().add(late);
    channel.runPendingTasks();
    assertThat(late.got).as("who joins gets the group from its beginning").containsExactly("joined", "v65535k", "v0", "v1");
  }

  @Test
  void whatOvertookEachOtherStillComesOnceTheWayHasChanged() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 1, 100, true));
    first.close();
    RtpFeed second = pull(7, VIDEO);
    send(second, packet(VIDEO, 3, 200, false), packet(VIDEO, 2, 200, false));
    assertThat(reader.got).containsExactly("joined", "v1k", "v3", "v2");
  }

  @Test
  void aKeyframeIsAskedForAfterAPause() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 1, 100, true));
    int asked = source.asked;
    first.close();
    ticker.advance(1_000);
    RtpFeed second = pull(7, VIDEO);
    send(second, packet(VIDEO, 60, 90_100, false));
    assertThat(reader.got).containsExactly("joined", "v1k", "v60");
    assertThat(source.asked).isEqualTo(asked + 1);
  }

  @Test
  void afterSoLongThatNumbersHaveComeRoundTimesTellWhatIsNew() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 40_000, 100, true));
    first.close();
    ticker.advance(30_000);
    RtpFeed second = pull(7, VIDEO);
    send(second, packet(VIDEO, 39_000, 2_700_100, true));
    assertThat(reader.got).containsExactly("joined", "v40000k", "v39000k");
  }

  @Test
  void whatIsRepairedOfWhatCameBeforeIsPassedOverToo() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 1, 100, true), packet(VIDEO, 2, 200, false));
    first.close();
    RtpFeed second = pull(7, VIDEO);
    send(second, packet(VIDEO, 2, 200, false), packet(VIDEO, 3, 300, false), packet(VIDEO, 1, 100, true));
    assertThat(reader.got).containsExactly("joined", "v1k", "v2", "v3");
  }

  @Test
  void whoComesBetweenTheWaysBeginsWithWhatIsPassedOverForOthers() {
    source.heeds = false;
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 1, 100, true), packet(VIDEO, 2, 200, false));
    first.close();
    RecordingReader between = new RecordingReader(channel.eventLoop());
    first.stream().add(between);
    RtpFeed second = pull(7, VIDEO);
    send(second, packet(VIDEO, 1, 100, true));
    RecordingReader meanwhile = new RecordingReader(channel.eventLoop());
    first.stream().add(meanwhile);
    RecordingReader gone = new RecordingReader(channel.eventLoop());
    first.stream().add(gone);
    first.stream().remove(gone);
    send(second, packet(VIDEO, 2, 200, false), packet(VIDEO, 3, 300, false));
    assertThat(reader.got).containsExactly("joined", "v1k", "v2", "v3");
    assertThat(between.got).containsExactly("joined", "v1k", "v2", "v3");
    assertThat(meanwhile.got).containsExactly("joined", "v1k", "v2", "v3");
    assertThat(gone.got).containsExactly("joined");
  }

  @Test
  void upperLayersThatSomebodyWantsAreAskedForAKeyframe() {
    RtpTrack layered = new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("l", "h"));
    RtpFeed first = pull(7, layered);
    first.stream().add(reader);
    send(first, packet(layered, 1, 100, true));
    int asked = source.asked;
    first.close();
    pull(7, layered).close();
    assertThat(source.asked).as("of the upper one nothing ever came").isEqualTo(asked);
    RtpFeed third = pull(7, layered);
    third.packet(packet(layered, 1, 900, 100, true));
    third.close();
    pull(7, layered);
    assertThat(source.asked).isEqualTo(asked + 1);
  }

  @Test
  void whatEndsAtItsOwnerIsNotGoneOnFrom() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 5, 100, true));
    first.forget();
    first.close();
    pull(7, VIDEO);
    assertThat(reader.got).containsExactly("joined", "v5k", "changed");
  }

  @Test
  void anotherPublishIsAnotherSource() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 5, 100, true));
    first.close();
    RtpFeed second = pull(8, VIDEO);
    send(second, packet(VIDEO, 1, 50, true));
    assertThat(reader.got).containsExactly("joined", "v5k", "changed", "v1k");
  }

  @Test
  void otherTracksAreAnotherSource() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    first.close();
    pull(7, new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("l", "h")));
    assertThat(reader.got).containsExactly("joined", "changed");
  }

  @Test
  void afterAMinuteItIsAnotherSource() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 5, 100, true));
    first.close();
    ticker.advance(61_000);
    pull(7, VIDEO);
    assertThat(reader.got).containsExactly("joined", "v5k", "changed");
  }

  @Test
  void clocksGoOn() {
    RtpFeed first = pull(7, VIDEO);
    first.stream().add(reader);
    send(first, packet(VIDEO, 5, 100, true));
    first.clock(VIDEO, 0, new RtpClock(7L << 32, 5, ticker.nanos()));
    long shift = first.stream().clockShift();
    first.close();
    ticker.advance(1_000);
    RtpFeed second = pull(7, VIDEO);
    assertThat(second.stream().clock(0, 0)).isEqualTo(new RtpClock(7L << 32, 5, ticker.nanos() - 1_000_000_000L));
    second.clock(VIDEO, 0, new RtpClock(9L << 32, 5, ticker.nanos()));
    assertThat(second.stream().clockShift()).isEqualTo(shift);
  }

  private RtpFeed pull(long epoch, RtpTrack... tracks) {
    Stream stream = registry.find(KEY);
    StreamEntry entry = new StreamEntry(KEY, OWNER, epoch, 0, List.of());
    Session session = Session.detached(Session.Type.PULL, "far");
    RtpFeed feed =
        streams.pulled(
            List.of(tracks),
            source,
            by -> stream.connect(entry, false, new StreamRegistry.Publisher(session, by, MediaForm.PACKETS)));
    channel.runPendingTasks();
    return feed;
  }

  private void send(RtpFeed feed, RtpPacket... packets) {
    for (RtpPacket packet : packets) {
      feed.packet(packet);
    }
    feed.flush();
    channel.runPendingTasks();
  }

  private RtpPacket packet(RtpTrack track, int sequence, int timestamp, boolean keyframe) {
    return packet(track, 0, sequence, timestamp, keyframe);
  }

  private RtpPacket packet(RtpTrack track, int layer, int sequence, int timestamp, boolean keyframe) {
    ByteBuf bytes = Unpooled.buffer(16);
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(timestamp).writeInt(1).writeInt(7);
    return new RtpPacket(track, layer, bytes, 12, keyframe, ticker.nanos());
  }
}
