package live.sluice.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.Stream;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.rtcp.Ntp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who feeds a stream of packets, and what its readers get: long, as all of it is asked of one stream and its fakes. */
class RtpStreamTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "");
  private static final RtpTrack AUDIO = new RtpTrack(1, Codec.OPUS, 48_000, 2, "");

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry =
      new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker, () -> 0);
  private final RecordingBridge bridge = new RecordingBridge();
  private final RtpStreams streams = new RtpStreams(registry, bridge, ticker);

  RtpStreamTest() {
    channel.freezeTime();
  }

  @AfterEach
  void everythingIsReleased() {
    registry.shutDown();
    channel.runPendingTasks();
    assertThat(registry.streams()).isEmpty();
    channel.finishAndReleaseAll();
  }

  @Test
  void aReaderBeginsWithTheKeyframeOfAMomentAgo() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO, AUDIO);
    send(feed, key(1, 100), video(2, 100), audio(7, 5));
    RecordingReader reader = read(feed.stream());
    send(feed, video(3, 200), audio(8, 965));
    // No sound of before: all of it would be played, later than its pictures.
    assertThat(reader.got).containsExactly("joined", "v1k", "v2", "v3", "a8");
    assertThat(source.asked).isZero();
  }

  @Test
  void aReaderIsNotGivenAKeyframeWithAHoleWhereANewOneCanBeHad() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100), video(3, 100));
    RecordingReader reader = read(feed.stream());
    send(feed, video(2, 100), key(4, 200));
    assertThat(reader.got).containsExactly("joined", "v2", "v4k");
    assertThat(source.asked).isEqualTo(1);
    assertThat(read(feed.stream()).got).as("one without a hole").containsExactly("joined", "v4k");
  }

  @Test
  void whoComesBetweenTwoPacketsOfAKeyframeStillGetsAnother() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    feed.stream().requestKeyframe(0);
    send(feed, key(1, 100), video(3, 100));
    read(feed.stream());
    send(feed, key(2, 100));
    pass(1_000);
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void aReaderBeginsWithAGroupInTheOrderOfItsNumbers() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO, AUDIO);
    send(feed, key(0xffff, 100), video(1, 200), audio(7, 5), video(0xfffe, 90), video(0, 100));
    assertThat(read(feed.stream()).got).containsExactly("joined", "v65535k", "v0", "v1");
  }

  @Test
  void aReaderOfASourceThatHeedsRequestsAsksForAKeyframeWhereTheLastOneIsOld() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100));
    pass(1_000);
    RecordingReader reader = read(feed.stream());
    send(feed, video(2, 200));
    assertThat(reader.got).containsExactly("joined", "v2");
    assertThat(source.asked).isEqualTo(1);
  }

  @Test
  void aReaderThatIsAnnouncedFindsTheKeyframeThatWasAskedForMeanwhile() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100), video(2, 200));
    feed.stream().readerComes();
    assertThat(source.asked).as("while the last keyframe is fresh").isZero();
    pass(1_000);
    feed.stream().readerComes();
    feed.stream().readerComes();
    assertThat(source.asked).isEqualTo(1);
    send(feed, key(3, 300));
    pass(100);
    RecordingReader reader = read(feed.stream());
    pass(1_000);
    assertThat(reader.got).containsExactly("joined", "v3k");
    assertThat(source.asked).isEqualTo(1);
  }

  @Test
  void aReaderOfASourceThatDoesNotHeedRequestsBeginsWithTheWholeGroup() {
    FakeRtpSource source = new FakeRtpSource();
    source.heeds = false;
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100), video(2, 200));
    pass(1_500);
    RecordingReader reader = read(feed.stream());
    assertThat(reader.got).containsExactly("joined", "v1k", "v2");
  }

  @Test
  void theSourceIsToldWhichLayersSomebodyWants() {
    FakeRtpSource source = new FakeRtpSource();
    RtpTrack layered = new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("l0", "l1", "l2"));
    RtpFeed feed = publish(source, layered);
    RecordingReader least = new RecordingReader(channel.eventLoop(), 0b001);
    feed.stream().add(least);
    RecordingReader middle = new RecordingReader(channel.eventLoop(), 0b011);
    feed.stream().add(middle);
    feed.stream().add(new RecordingReader(channel.eventLoop(), 0b011));
    feed.stream().remove(middle);
    RecordingReader all = new RecordingReader(channel.eventLoop(), RtpReader.ALL_LAYERS);
    feed.stream().add(all);
    feed.stream().remove(all);
    feed.stream().remove(all);
    assertThat(source.layers).containsExactly(0b001, 0b011, 0b1111, 0b011);
  }

  @Test
  void manyRequestsForKeyframesReachTheSourceAsTwo() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    for (int i = 0; i < 100; i++) {
      feed.stream().requestKeyframe(0);
    }
    assertThat(source.asked).isEqualTo(1);
    pass(1_000);
    assertThat(source.asked).isEqualTo(2);
  }

  @Test
  void aReaderThatLeavesOnWhatItGetsTakesItFromNobodyElse() {
    RtpFeed feed = publish(new FakeRtpSource(), VIDEO);
    EmbeddedChannel elsewhere = new EmbeddedChannel();
    RecordingReader leaving = new RecordingReader(channel.eventLoop());
    leaving.onGot = () -> feed.stream().remove(leaving);
    feed.stream().add(leaving);
    RecordingReader other = new RecordingReader(elsewhere.eventLoop());
    feed.stream().add(other);
    send(feed, key(1, 100));
    elsewhere.runPendingTasks();
    assertThat(leaving.got).containsExactly("joined", "v1k");
    assertThat(other.got).containsExactly("joined", "v1k");
    feed.stream().remove(other);
    elsewhere.finishAndReleaseAll();
  }

  @Test
  void aReaderCanFindWhatItWasSentLately() {
    RtpFeed feed = publish(new FakeRtpSource(), VIDEO);
    RecordingReader reader = read(feed.stream());
    send(feed, key(65_535, 100), video(0, 100));
    assertThat(reader.history.find(0, 0, 65_535)).isNotNull();
    assertThat(reader.history.find(0, 0, 0)).isNotNull();
    assertThat(reader.history.find(0, 0, 1)).isNull();
  }

  @Test
  void whatAReaderBeganWithCanBeFoundThoughItCameLongAgo() {
    FakeRtpSource source = new FakeRtpSource();
    source.heeds = false;
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100), video(2, 200));
    pass(1_500);
    RecordingReader reader = read(feed.stream());
    pass(900);
    assertThat(reader.history.find(0, 0, 1)).isNotNull();
    pass(200);
    assertThat(reader.history.find(0, 0, 1)).isNull();
  }

  @Test
  void anotherSourceOfTheSameCodecsGoesOnAndOneOfOthersEndsItsReaders() {
    RtpFeed first = publish(new FakeRtpSource(), VIDEO);
    RecordingReader reader = read(first.stream());
    first.close();
    channel.runPendingTasks();
    RtpFeed second = publish(new FakeRtpSource(), VIDEO);
    send(second, key(500, 9));
    assertThat(reader.got).containsExactly("joined", "changed", "v500k");
    second.close();
    channel.runPendingTasks();
    publish(new FakeRtpSource(), AUDIO);
    assertThat(reader.got).endsWith("end " + ErrorCode.CODEC_CHANGED.label());
  }

  @Test
  void tracksInAnotherOrderAreTheSameCodecs() {
    RtpFeed first = publish(new FakeRtpSource(), VIDEO, AUDIO);
    RecordingReader reader = read(first.stream());
    first.close();
    channel.runPendingTasks();
    publish(new FakeRtpSource(), new RtpTrack(0, AUDIO.codec(), 48_000, 2, ""), new RtpTrack(1, VIDEO.codec(), 90_000, 0, ""));
    assertThat(reader.got).containsExactly("joined", "changed");
  }

  @Test
  void aReaderThatWasMadeForOtherCodecsIsToldSoWhenItComes() {
    RtpFeed feed = publish(new FakeRtpSource(), VIDEO);
    RecordingReader reader = new RecordingReader(channel.eventLoop());
    reader.madeFor = List.of(AUDIO);
    feed.stream().add(reader);
    assertThat(reader.got).containsExactly("end " + ErrorCode.CODEC_CHANGED.label());
  }

  @Test
  void aSourceThatBeginsAnewIsAnotherOneToItsReaders() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    RecordingReader reader = read(feed.stream());
    feed.restarted();
    assertThat(reader.got).containsExactly("joined", "changed");
    assertThat(source.asked).isPositive();
  }

  @Test
  void clocksOfAllTracksAreShiftedAlike() {
    RtpFeed feed = publish(new FakeRtpSource(), VIDEO, AUDIO);
    assertThat(feed.stream().clockShift()).isZero();
    feed.clock(VIDEO, 0, new RtpClock(7L << 32, 5, 0));
    long shift = feed.stream().clockShift();
    assertThat((7L << 32) + shift).isEqualTo(Ntp.ofWallMillis(ticker.wallMillis()));
    feed.clock(AUDIO, 0, new RtpClock(9L << 32, 5, 0));
    assertThat(feed.stream().clockShift()).isEqualTo(shift);
  }

  @Test
  void aPublisherThatComesTakesTheStreamOfOneThatHasGoneWithoutAWord() {
    FakeRtpSource gone = new FakeRtpSource();
    RtpFeed first = publish(gone, VIDEO);
    send(first, key(1, 100));
    pass(2_500);
    publish(new FakeRtpSource(), VIDEO);
    assertThat(gone.ended).containsExactly(ErrorCode.PUBLISH_IDLE.label());
  }

  @Test
  void aPublisherThatComesIsRefusedWhileTheOtherSends() {
    RtpFeed first = publish(new FakeRtpSource(), VIDEO);
    send(first, key(1, 100));
    pass(1_000);
    assertThatThrownBy(() -> publish(new FakeRtpSource(), VIDEO)).hasMessageContaining("publishes it already");
  }

  @Test
  void openingAStreamThatNobodyPublishesFailsInTime() {
    CompletableFuture<RtpStream> answer =
        streams.open(KEY, channel.eventLoop(), 500).toCompletableFuture();
    channel.runPendingTasks();
    assertThat(answer).isNotDone();
    pass(600);
    assertThatThrownBy(answer::join).hasRootCauseInstanceOf(SluiceException.class).hasMessageContaining("nobody");
  }

  @Test
  void openingWaitsForThePublisher() {
    CompletableFuture<RtpStream> answer =
        streams.open(KEY, channel.eventLoop(), 5_000).toCompletableFuture();
    channel.runPendingTasks();
    RtpFeed feed = publish(new FakeRtpSource(), VIDEO);
    assertThat(answer.join()).isSameAs(feed.stream());
    assertThat(answer.join().tracks()).containsExactly(VIDEO);
    answer.join().release();
  }

  @Test
  void framesAreMadeOfPacketsOnlyWhileSomebodyWantsThem() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    send(feed, key(1, 100));
    assertThat(bridge.got).isEmpty();
    Stream stream = registry.find(KEY);
    stream.addTap(frame -> {});
    send(feed, video(2, 200));
    assertThat(bridge.got).containsExactly("begin", "v1k", "v2");
    pass(2_100);
    assertThat(source.asked).as("players of frames and segments begin at keyframes").isEqualTo(1);
  }

  @Test
  void aKickedPublisherIsToldOnce() {
    FakeRtpSource source = new FakeRtpSource();
    RtpFeed feed = publish(source, VIDEO);
    pass(20_000);
    assertThat(source.ended).containsExactly(ErrorCode.PUBLISH_IDLE.label());
    feed.close();
    assertThat(source.ended).hasSize(1);
  }

  private RtpFeed publish(FakeRtpSource source, RtpTrack... tracks) {
    Session session = Session.detached(Session.Type.RTC_PUBLISH, "127.0.0.1:1");
    CompletableFuture<RtpFeed> answer =
        streams.publish(KEY, session, channel.eventLoop(), List.of(tracks), source).toCompletableFuture();
    channel.runPendingTasks();
    return answer.join();
  }

  private RecordingReader read(RtpStream stream) {
    RecordingReader reader = new RecordingReader(channel.eventLoop());
    stream.add(reader);
    channel.runPendingTasks();
    return reader;
  }

  private void send(RtpFeed feed, RtpPacket... packets) {
    for (RtpPacket packet : packets) {
      feed.packet(packet);
    }
    feed.flush();
    channel.runPendingTasks();
  }

  private void pass(long ms) {
    for (long t = 0; t < ms; t += 100) {
      ticker.advance(100);
      channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
      channel.runPendingTasks();
    }
  }

  private RtpPacket key(int sequence, int timestamp) {
    return packet(VIDEO, sequence, timestamp, true);
  }

  private RtpPacket video(int sequence, int timestamp) {
    return packet(VIDEO, sequence, timestamp, false);
  }

  private RtpPacket audio(int sequence, int timestamp) {
    return packet(AUDIO, sequence, timestamp, true);
  }

  private RtpPacket packet(RtpTrack track, int sequence, int timestamp, boolean keyframe) {
    ByteBuf bytes = Unpooled.buffer(16);
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(timestamp).writeInt(1).writeInt(7);
    return new RtpPacket(track, 0, bytes, 12, keyframe, ticker.nanos());
  }
}
