package live.sluice.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.sluice.media.Codec;
import live.sluice.rtp.RtpHistory;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import org.junit.jupiter.api.Test;

/** Which packets a player gets, and under which numbers. */
class EgressTrackTest {
  private static final RtpTrack VIDEO = new RtpTrack(0, Codec.VP8, 90_000, 0, "", List.of("l", "h"));
  private static final long MS = 1_000_000;

  private final Map<String, RtpPacket> delivered = new HashMap<>();
  private final RtpHistory history =
      (track, layer, sequence) -> delivered.get(layer + "/" + (sequence & 0xffff));
  private final EgressTrack track = new EgressTrack(VIDEO, new EgressWire(1, 96, 2, 97, 0), 99, 5_000);

  EgressTrackTest() {
    track.joined(history);
  }

  @Test
  void nothingGoesOutBeforeAKeyframe() {
    assertThat(track.takes(packet(0, 10, 0, false, 0))).isFalse();
    assertThat(track.isStarted()).isFalse();
    assertThat(out(packet(0, 11, 0, true, 0))).isEqualTo("100@5000");
  }

  @Test
  void whatWasLostBeforeTheNodeLeavesAGap() {
    out(packet(0, 65_534, 0, true, 0));
    assertThat(out(packet(0, 1, 3_000, false, 33 * MS))).isEqualTo("103@8000");
    assertThat(out(packet(0, 0, 3_000, false, 33 * MS))).isEqualTo("102@8000");
  }

  @Test
  void whatComesLateFromBeforeTheBeginningIsNotSent() {
    out(packet(0, 10, 0, true, 0));
    assertThat(track.takes(packet(0, 9, 0, false, 0))).isFalse();
  }

  @Test
  void theLayerChangesAtAKeyframeWithoutAGap() {
    track.want(1);
    assertThat(out(packet(0, 10, 0, true, 0))).isEqualTo("100@5000");
    assertThat(track.takes(packet(1, 700, 90_000, false, 0))).isFalse();
    assertThat(out(packet(0, 11, 3_000, false, 33 * MS))).isEqualTo("101@8000");
    assertThat(out(packet(1, 701, 93_000, true, 66 * MS))).isEqualTo("102@10970");
    assertThat(track.takes(packet(0, 12, 6_000, false, 66 * MS))).isFalse();
    assertThat(out(packet(1, 702, 93_000, false, 66 * MS))).isEqualTo("103@10970");
  }

  @Test
  void anotherSourceGoesOnWithoutAGap() {
    out(packet(0, 10, 0, true, 0));
    track.sourceChanged();
    assertThat(track.takes(packet(0, 30_000, 77, false, 500 * MS))).isFalse();
    assertThat(out(packet(0, 30_001, 77, true, 1_000 * MS))).isEqualTo("101@95000");
  }

  @Test
  void afterACutItGoesOnAtAKeyframeByTheSameClock() {
    out(packet(0, 10, 0, true, 0));
    assertThat(out(packet(0, 11, 3_000, false, 33 * MS))).isEqualTo("101@8000");
    assertThat(track.takes(packet(0, 911, 273_000, false, 3_100 * MS))).isFalse();
    assertThat(track.waits()).isTrue();
    // It comes 300 ms after its time, and is not of 300 ms later therefore.
    assertThat(out(packet(0, 920, 276_000, true, 3_366 * MS))).isEqualTo("102@281000");
    assertThat(track.takes(packet(0, 915, 273_000, false, 3_366 * MS))).isFalse();
    assertThat(out(packet(0, 921, 279_000, false, 3_400 * MS))).isEqualTo("103@284000");
  }

  @Test
  void afterACutInWhichNumbersCameRoundItGoesOnToo() {
    out(packet(0, 40_000, 0, true, 0));
    assertThat(track.takes(packet(0, 39_000, 2_700_000, false, 30_000 * MS))).isFalse();
    assertThat(out(packet(0, 39_010, 2_703_000, true, 30_033 * MS))).isEqualTo("101@2708000");
  }

  @Test
  void picturesThatWereLeftOutAreGoneOnFromByTheSameClock() {
    out(packet(0, 10, 0, true, 0));
    track.restart();
    assertThat(track.takes(packet(0, 11, 3_000, false, 33 * MS))).isFalse();
    assertThat(out(packet(0, 12, 6_000, true, 99 * MS))).isEqualTo("101@11000");
  }

  @Test
  void picturesThatWereThereBeforeThePlayerAreShownQuicklyAndLaterOnesAtTheirPace() {
    RtpPacket[] cached = {
      packet(0, 10, 0, true, 0), packet(0, 11, 64_000, false, 711 * MS), packet(0, 12, 128_000, false, 1_422 * MS)
    };
    track.together(cached, cached.length);
    assertThat(out(cached[0])).isEqualTo("100@129000");
    assertThat(out(cached[1])).isEqualTo("101@131000");
    assertThat(out(cached[2])).isEqualTo("102@133000");
    track.together(cached, 1);
    assertThat(out(packet(0, 13, 131_000, false, 1_455 * MS))).isEqualTo("103@136000");
    // The same again when it was lost.
    assertThat(track.timestampOf(cached[1])).isEqualTo(131_000);
  }

  @Test
  void whatIsAskedForAgainIsFoundByTheNumberThatItHadForThePlayer() {
    track.want(1);
    RtpPacket first = packet(0, 10, 0, true, 0);
    RtpPacket second = packet(1, 701, 93_000, true, 66 * MS);
    out(first);
    out(second);
    assertThat(track.find(100)).isSameAs(first);
    assertThat(track.timestampAgain(first, 100)).isEqualTo(5_000);
    assertThat(track.find(101)).isSameAs(second);
    assertThat(track.timestampAgain(second, 101)).isEqualTo(track.timestampOf(second));
    assertThat(track.find(102)).isNull();
  }

  private String out(RtpPacket packet) {
    assertThat(track.takes(packet)).isTrue();
    String text = track.sequenceOf(packet) + "@" + track.timestampOf(packet);
    track.sent(packet);
    delivered.put(packet.layer() + "/" + packet.sequence(), packet);
    return text;
  }

  private static RtpPacket packet(int layer, int sequence, int timestamp, boolean keyframe, long nanos) {
    ByteBuf bytes = Unpooled.buffer(16);
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(timestamp).writeInt(1).writeInt(7);
    return new RtpPacket(VIDEO, layer, bytes, 12, keyframe, nanos);
  }
}
