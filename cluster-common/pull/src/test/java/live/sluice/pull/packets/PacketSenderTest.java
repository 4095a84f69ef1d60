package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaSettings;
import live.sluice.media.Session;
import live.sluice.media.SluiceException;
import live.sluice.media.StreamKey;
import live.sluice.media.StreamRegistry;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.ManualTicker;
import live.sluice.rtp.RtpClock;
import live.sluice.rtp.RtpFeed;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything is on the loop of one embedded channel, and happens when the test says so. */
class PacketSenderTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final int LARGE = 11_000;

  /** As many large packets as go well beyond the bound. */
  private static final int MANY = 120;

  private final ManualTicker ticker = new ManualTicker();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
  private final RtpStreams streams = new RtpStreams(registry, new NoBridge(), ticker);
  private final Session session = Session.detached(Session.Type.NODE_PULL, "127.0.0.1:1");
  private final Dam dam = new Dam();
  private final EmbeddedChannel channel = new EmbeddedChannel(dam);
  private final FakeSource source = new FakeSource();
  private final List<String> ended = new ArrayList<>();
  private RtpFeed feed;
  private RtpStream stream;
  private PacketSender sender;

  /** What stands between the sender and a network that takes nothing while it is shut. */
  private static final class Dam extends ChannelOutboundHandlerAdapter {
    private boolean shut;
    private int flushes;

    @Override
    public void flush(ChannelHandlerContext ctx) {
      flushes++;
      if (!shut) {
        ctx.flush();
      }
    }
  }

  @BeforeEach
  void start() {
    channel.freezeTime();
    feed = publish();
    stream = streams.open(KEY, channel.eventLoop(), 1_000).toCompletableFuture().join();
    sender = new PacketSender(channel, stream, session, (code, why) -> ended.add(code + ": " + why));
    channel
        .pipeline()
        .addLast(sender.requests())
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelWritabilityChanged(ChannelHandlerContext ctx) {
                if (ctx.channel().isWritable()) {
                  sender.drain();
                }
              }
            });
  }

  @AfterEach
  void stop() {
    sender.close();
    registry.shutDown();
    open();
    channel.finishAndReleaseAll();
  }

  private RtpFeed publish() {
    Session publisher = Session.detached(Session.Type.RTMP_PUBLISH, "127.0.0.1:2");
    return streams
        .publish(KEY, publisher, channel.eventLoop(), Packets.TRACKS, source)
        .toCompletableFuture()
        .join();
  }

  private void feed(RtpPacket... packets) {
    for (RtpPacket packet : packets) {
      feed.packet(packet);
    }
    feed.flush();
  }

  private List<String> sent() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      all.writeBytes(bytes);
      bytes.release();
    }
    return Packets.texts(all, Packets.TRACKS);
  }

  private void pass(long ms) {
    ticker.advance(ms);
    channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private void startAndForget() {
    sender.start();
    sent();
    source.asked();
  }

  private void open() {
    dam.shut = false;
    channel.flush();
  }

  @Test
  void theTracksAndTheClocksGoFirstAndAKeyframeIsAskedFor() {
    feed.clock(Packets.VIDEO, 1, new RtpClock(5, 6, 0));
    sender.start();
    assertThat(sent())
        .containsExactly(
            new HopMessage.Tracks(1, true, Packets.TRACKS).toString(), new HopMessage.Clock(0, 1, 5, 6).toString());
    assertThat(source.asked()).containsExactly("keyframe of 0");
  }

  @Test
  void whatCameTogetherGoesOutTogetherAndAsItCame() {
    startAndForget();
    dam.flushes = 0;
    RtpPacket large = Packets.key(1, 7, LARGE);
    feed(Packets.sound(3), large.retain(), Packets.delta(0, 65_535, 20), Packets.sound(5));
    assertThat(dam.flushes).isEqualTo(1);
    assertThat(sent())
        .containsExactly(
            "1/0 s3 t300 k m 80", "0/1 s7 t700 k m 11000", "0/0 s65535 t6553500 m 20", "1/0 s5 t500 k m 80");
    assertThat(session.frames()).isEqualTo(4);
    large.release();
  }

  @Test
  void largePayloadsAreSharedByReference() {
    startAndForget();
    RtpPacket large = Packets.key(0, 7, LARGE);
    feed(large.retain());
    ByteBuf head = channel.readOutbound();
    ByteBuf payload = channel.readOutbound();
    assertThat(payload.memoryAddress()).isEqualTo(large.bytes().memoryAddress() + 12);
    head.release();
    payload.release();
    large.release();
  }

  @Test
  void aClockIsToldOnceWithTheNextPackets() {
    startAndForget();
    feed.clock(Packets.AUDIO, 0, new RtpClock(5, 6, 0));
    feed(Packets.sound(1));
    feed(Packets.sound(2));
    assertThat(sent())
        .containsExactly(new HopMessage.Clock(1, 0, 5, 6).toString(), "1/0 s1 t100 k m 80", "1/0 s2 t200 k m 80");
  }

  @Test
  void aConnectionThatIsSlowLosesPicturesUpToAKeyframeAndAsksForOne() {
    startAndForget();
    feed(Packets.key(0, 1, LARGE));
    sent();
    dam.shut = true;
    for (int i = 2; i < MANY; i++) {
      feed(Packets.delta(0, i, LARGE));
    }
    feed(Packets.sound(1));
    assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes())
        .isBetween((long) SlowLink.BOUND.high(), SlowLink.BOUND.high() + 4L * LARGE);
    feed(Packets.key(0, MANY, LARGE));
    assertThat(source.asked()).as("a keyframe would be lost now").isEmpty();

    open();
    List<String> kept = sent();
    assertThat(kept).startsWith("0/0 s2 t200 m 11000").endsWith("1/0 s1 t100 k m 80");
    assertThat(kept.size()).isLessThan(100);
    pass(300);
    assertThat(source.asked()).containsExactly("keyframe of 0");
    feed(Packets.delta(0, MANY + 1, LARGE), Packets.sound(2), Packets.key(0, MANY + 2, 9), Packets.delta(0, MANY + 3, 9));
    assertThat(sent()).containsExactly("1/0 s2 t200 k m 80", "0/0 s122 t12200 k m 9", "0/0 s123 t12300 m 9");
    assertThat(session.skips()).isEqualTo(1);
    assertThat(session.droppedFrames()).isEqualTo(MANY - kept.size() + 1);
  }

  @Test
  void whatAReaderBeginsWithIsNotCutHoweverMuchItIs() {
    sender.start();
    sent();
    dam.shut = true;
    RtpPacket[] opening = new RtpPacket[2 * MANY];
    for (int i = 0; i < opening.length; i++) {
      opening[i] = i == 0 ? Packets.key(0, 0, LARGE) : Packets.delta(0, i, LARGE);
    }
    feed(opening);
    feed(Packets.delta(0, opening.length, LARGE));
    open();
    assertThat(sent()).hasSize(2 * MANY + 1);
    assertThat(session.droppedFrames()).isZero();
  }

  @Test
  void soundIsBoundedToo() {
    startAndForget();
    dam.shut = true;
    for (int i = 0; i < 20 * MANY; i++) {
      feed(Packets.of(Packets.AUDIO, 0, i, true, 1_000));
    }
    assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes())
        .isLessThan(SlowLink.BOUND.high() + (256 << 10));
    open();
    sent();
    feed(Packets.sound(1));
    assertThat(sent()).as("it goes on without a keyframe").hasSize(1);
  }

  @Test
  void onlyLayersThatAreWantedAreSentAndNewOnesBeginWithAKeyframe() {
    startAndForget();
    pass(1_000);
    channel.writeInbound(Packets.frame(new HopMessage.WantedLayers(0b10)));
    assertThat(source.asked()).isEmpty();
    feed(Packets.key(0, 1, 1), Packets.key(1, 2, 1), Packets.sound(3));
    assertThat(sent()).containsExactly("0/1 s2 t200 k m 1", "1/0 s3 t300 k m 80");
    channel.writeInbound(Packets.frame(new HopMessage.WantedLayers(0b11)));
    assertThat(source.asked()).containsExactly("keyframe of 0");
    feed(Packets.key(0, 4, 1), Packets.delta(1, 5, 1));
    assertThat(sent()).containsExactly("0/0 s4 t400 k m 1", "0/1 s5 t500 m 1");
  }

  @Test
  void keyframesThatAreAskedForTogetherAreAskedForOnce() {
    startAndForget();
    pass(1_000);
    ByteBuf request = Packets.frame(new HopMessage.KeyframeRequest(1));
    channel.writeInbound(Packets.joined(request, request.copy(), Packets.frame(new HopMessage.KeyframeRequest(0))));
    assertThat(source.asked()).containsExactly("keyframe of 0", "keyframe of 1");
    assertThat(session.receivedBytes()).isPositive();
  }

  @Test
  void whatIsNoRequestIsThrown() {
    startAndForget();
    ByteBuf packet = Packets.frame(Packets.sound(1));
    assertThatThrownBy(() -> channel.writeInbound(packet))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.copyShort(PacketHop.MAX_REQUEST + 1)))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void whereNothingIsSentItSaysThatItIsAlive() {
    startAndForget();
    pass(PacketSender.CHECK_MS);
    assertThat(sent()).as("the tracks have just gone out").isEmpty();
    pass(PacketSender.CHECK_MS);
    assertThat(sent()).containsExactly(new HopMessage.Alive().toString());
    feed(Packets.sound(1));
    pass(PacketSender.CHECK_MS);
    assertThat(sent()).containsExactly("1/0 s1 t100 k m 80");
  }

  @Test
  void oneThatReadsNothingIsGivenUp() {
    startAndForget();
    dam.shut = true;
    for (int i = 0; i < MANY; i++) {
      feed(Packets.delta(0, i, LARGE));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(ended).isEmpty();
      pass(PacketSender.CHECK_MS);
    }
    assertThat(ended).containsExactly("PLAYER_STUCK: it read nothing for 10 s");
  }

  @Test
  void theEndIsToldWithItsReason() {
    startAndForget();
    registry.shutDown();
    assertThat(ended).containsExactly("DRAINING: the node stops");
    assertThat(sent()).containsExactly(new HopMessage.End(ErrorCode.DRAINING, "the node stops").toString());
  }

  @Test
  void anotherSourceEndsItAsWhatComesMayHaveAnotherForm() {
    startAndForget();
    feed.close();
    assertThat(ended).as("it may come again").isEmpty();
    feed = publish();
    assertThat(ended).containsExactly("STREAM_ENDED: it is published anew");
  }

  @Test
  void oneThatHasLeftWritesNothing() {
    startAndForget();
    sender.close();
    feed(Packets.key(0, 1, LARGE));
    sender.drain();
    pass(10 * PacketSender.CHECK_MS);
    assertThat(sent()).isEmpty();
    assertThat(ended).isEmpty();
  }
}
