package live.sluice.pull.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.MediaForm;
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
import live.sluice.rtp.RtpReader;
import live.sluice.rtp.RtpStream;
import live.sluice.rtp.RtpStreams;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketInputTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ManualTicker ticker = new ManualTicker();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamRegistry registry = new StreamRegistry(MediaSettings.defaults(), new FakeDirectory(), ticker);
  private final RtpStreams streams = new RtpStreams(registry, new NoBridge(), ticker);
  private final Session session = Session.detached(Session.Type.PULL, "owner");
  private final List<String> got = new ArrayList<>();
  private final Feeder feeder = new Feeder();
  private final PacketInput input = new PacketInput(ByteBufAllocator.DEFAULT, session, ticker, feeder);

  @AfterEach
  void stop() {
    input.close();
    registry.shutDown();
    channel.finishAndReleaseAll();
  }

  /** Feeds a stream of the node, and reads it. */
  private final class Feeder implements PacketInput.Events, RtpReader {
    private RtpStream stream;

    @Override
    public RtpFeed tracks(List<RtpTrack> tracks, boolean heedsRequests) {
      got.add(tracks.size() + " tracks" + (heedsRequests ? ", heeds requests" : ""));
      RtpFeed feed =
          streams
              .publish(KEY, session, channel.eventLoop(), tracks, new FakeSource())
              .toCompletableFuture()
              .join();
      stream = streams.open(KEY, channel.eventLoop(), 0).toCompletableFuture().join();
      stream.add(this);
      assertThat(feed.stream().source().form()).isEqualTo(MediaForm.PACKETS);
      return feed;
    }

    @Override
    public void ended(ErrorCode code, String why) {
      got.add("ended " + code + ": " + why);
      input.close();
    }

    @Override
    public EventLoop loop() {
      return channel.eventLoop();
    }

    @Override
    public void onPackets(RtpPacket[] packets, int count) {
      for (int i = 0; i < count; i++) {
        got.add(Packets.text(packets[i]));
      }
    }

    @Override
    public void onEnd(ErrorCode code, String why) {}
  }

  private void read(ByteBuf... frames) {
    ByteBuf all = Packets.joined(frames);
    try {
      input.read(all);
    } finally {
      all.release();
    }
    input.readComplete();
  }

  private static ByteBuf tracks() {
    return Packets.frame(new HopMessage.Tracks(1, true, Packets.TRACKS));
  }

  @Test
  void packetsReachTheReadersOfTheStreamAsTheyWere() {
    read(
        tracks(),
        Packets.frame(Packets.sound(9)),
        Packets.frame(Packets.key(2, 65_535, 1_000)),
        Packets.frame(Packets.delta(2, 1, 0)));
    assertThat(got)
        .containsExactly(
            "2 tracks, heeds requests", "1/0 s9 t900 k m 80", "0/2 s65535 t6553500 k m 1000", "0/2 s1 t100 m 0");
    assertThat(session.frames()).isEqualTo(3);
    assertThat(session.receivedBytes()).isPositive();
  }

  @Test
  void clocksAreKnownToReaders() {
    ticker.advance(5);
    read(tracks(), Packets.frame(new HopMessage.Clock(0, 3, 7, 8)));
    assertThat(feeder.stream.clock(0, 3)).isEqualTo(new RtpClock(7, 8, ticker.nanos()));
  }

  @Test
  void whatALaterVersionSaysIsPassedOver() {
    read(tracks(), Unpooled.wrappedBuffer(new byte[] {0, 2, 0x3f, 1}), Packets.frame(new HopMessage.Alive()));
    assertThat(got).hasSize(1);
  }

  @Test
  void nothingIsReadBehindTheEnd() {
    read(tracks(), Packets.frame(new HopMessage.End(ErrorCode.DRAINING, "bye")), Packets.frame(Packets.sound(1)));
    assertThat(got).containsExactly("2 tracks, heeds requests", "ended DRAINING: bye");
  }

  @Test
  void whatTheProtocolDoesNotAllowIsRefused() {
    refused(Packets.frame(Packets.sound(1)));
    refused(Packets.frame(new HopMessage.Clock(0, 0, 7, 8)));
    read(tracks());
    refused(tracks());
    refused(Packets.frame(new HopMessage.Clock(2, 0, 7, 8)));
    refused(Unpooled.wrappedBuffer(new byte[] {0, 1, 0x40}));
    refused(Unpooled.wrappedBuffer(new byte[] {0, 1, (byte) 0xc0}));
    refused(Unpooled.wrappedBuffer(new byte[] {0, 1, (byte) 0x80}));
  }

  private void refused(ByteBuf frame) {
    assertThatThrownBy(() -> read(frame))
        .isInstanceOfSatisfying(
            SluiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR));
  }
}
