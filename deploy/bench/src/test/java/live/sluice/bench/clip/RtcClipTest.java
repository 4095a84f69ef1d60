package live.sluice.bench.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.sluice.bench.BenchException;
import live.sluice.media.Codec;
import live.sluice.rtp.payload.Packetizer;
import org.junit.jupiter.api.Test;

class RtcClipTest {
  /** Packets of 38 bytes, the publisher's clock among them, each 20 ms. */
  private static final double SOUND_BITS = 38 * 8 * 50;

  private final Clip clip = SyntheticClip.ofPictures(1_000_000, 30, Duration.ofSeconds(2));
  private final RtcClip packets = RtcClip.of(clip);

  @Test
  void theBitRateIsThatWhichWasAskedForAndNoPayloadIsTooLong() {
    assertThat(packets.codec()).isEqualTo(Codec.H264);
    assertThat(packets.bitrate() - SOUND_BITS).isCloseTo(1_000_000, within(15_000.0));
    for (RtcPicture picture : packets.pictures()) {
      assertThat(picture.payloads()).isNotEmpty();
      for (RtcPayload payload : picture.payloads()) {
        assertThat(payload.bytes().length).isBetween(2, Packetizer.MAX_PAYLOAD);
      }
    }
  }

  @Test
  void eachPictureHasTheClockInItsFirstPacketAndKeyframesCanBeFound() {
    for (RtcPicture picture : packets.pictures()) {
      assertThat(picture.payloads().getFirst().clockEnd()).isPositive();
      assertThat(picture.payloads().stream().filter(payload -> payload.clockEnd() > 0)).hasSize(1);
    }
    assertThat(packets.pictures().getFirst().keyframe()).isTrue();
    assertThat(packets.keyframeFrom(0)).isZero();
    assertThat(packets.keyframeFrom(1)).isEqualTo(60);
    assertThat(packets.keyframeFrom(packets.pictures().size() - 1)).isZero();
  }

  @Test
  void timeGoesOnOverTheEnd() {
    assertThat(packets.pictures().stream().mapToLong(RtcPicture::durationMs).sum()).isEqualTo(clip.durationMs());
    assertThat(packets.packetsPerSecond() * clip.durationMs() / 1_000)
        .isCloseTo(packets.pictures().stream().mapToInt(picture -> picture.payloads().size()).sum(), within(0.001));
    assertThat(packets.pictureNanos()).isCloseTo(33_333_333, within(1_000L));
  }

  @Test
  void aClipWithBFramesIsRefused() {
    List<ClipUnit> units = new ArrayList<>();
    for (ClipUnit unit : clip.units()) {
      byte[] prefix = unit.prefix().clone();
      prefix[4] = 40;
      units.add(new ClipUnit(unit.type(), unit.dtsMs(), unit.keyframe(), prefix, unit.clock(), unit.rest()));
    }
    Clip reordered = new Clip(clip.metadata(), clip.opening(), units, clip.durationMs());
    assertThatThrownBy(() -> RtcClip.of(reordered)).isInstanceOf(BenchException.class).hasMessageContaining("B-frames");
  }

  @Test
  void theFillerIsAnSeiBeforeTheSlice() {
    for (ClipUnit unit : clip.units()) {
      ByteBuf rest = unit.rest();
      List<Integer> types = new ArrayList<>();
      int at = 0;
      while (at < rest.readableBytes()) {
        int length = rest.getInt(at);
        types.add(rest.getByte(at + 4) & 31);
        if (types.getLast() == 6) {
          assertThat(filler(rest, at + 4, length)).isEqualTo(length);
        }
        at += 4 + length;
      }
      assertThat(types).containsExactly(6, unit.keyframe() ? 5 : 1);
    }
  }

  /** Reads an SEI of one filler message; gives its bytes. */
  private static int filler(ByteBuf in, int from, int most) {
    int at = from + 1;
    assertThat(in.getByte(at++)).isEqualTo((byte) 3);
    int size = 0;
    while (in.getUnsignedByte(at) == 255 && at < from + most) {
      size += 255;
      at++;
    }
    size += in.getUnsignedByte(at++);
    at += size;
    assertThat(in.getUnsignedByte(at)).isEqualTo((short) 0x80);
    return at + 1 - from;
  }
}
