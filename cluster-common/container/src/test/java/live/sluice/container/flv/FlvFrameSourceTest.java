package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track.AudioFormat;
import live.sluice.media.Track.VideoFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlvFrameSourceTest {
  private static final int FLV_HEADER = 13;

  private final byte[] clip = TestClips.bytes("bbb-cut.flv");

  @Test
  void readsEveryFrameOfARealClip() {
    List<String> frames = new ArrayList<>();
    each(clip, clip.length, frame -> frames.add(frame.kind() + (frame.config() ? " config" : "")));

    assertThat(frames).hasSize(60 + 33 + 1);
    assertThat(frames.subList(0, 4)).containsExactly("DATA config", "VIDEO config", "AUDIO config", "AUDIO");
  }

  @Test
  void knowsTheTracksOfARealClip() {
    FlvFrameSource source = each(clip, clip.length, frame -> {});

    assertThat(source.video().codec()).isEqualTo(Codec.H264);
    assertThat(source.video().video()).isEqualTo(new VideoFormat(640, 360, "Constrained Baseline", "3"));
    assertThat(source.audio().codec()).isEqualTo(Codec.AAC);
    assertThat(source.audio().audio()).isEqualTo(new AudioFormat(44100, 2, "LC"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 1 << 20})
  void passesItsBytesOnUnchangedHoweverTheyCameIn(int pieces) {
    ByteBuf out = Unpooled.buffer();
    each(clip, pieces, frame -> out.writeBytes(frame.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT).duplicate()));

    assertThat(ByteBufUtil.getBytes(out)).isEqualTo(tail(clip));
  }

  @Test
  void writesTheSameBytesWhenItMuxesAnew() {
    ByteBuf out = Unpooled.buffer();
    each(
        clip,
        clip.length,
        frame -> {
          ByteBuf tag = FlvForm.FLV.encode(frame, ByteBufAllocator.DEFAULT);
          out.writeBytes(tag);
          tag.release();
        });

    assertThat(ByteBufUtil.getBytes(out)).isEqualTo(tail(clip));
  }

  @Test
  void sharesTheMemoryOfATagAndItsPayload() {
    each(
        clip,
        clip.length,
        frame -> {
          if (!frame.config()) {
            ByteBuf tag = frame.encoded(FlvForm.FLV, ByteBufAllocator.DEFAULT);
            long payload = frame.payload().memoryAddress() + frame.payload().readerIndex();
            assertThat(payload).isBetween(tag.memoryAddress(), tag.memoryAddress() + 16 + 3);
          }
        });
  }

  @Test
  void marksKeyframesAndTimes() {
    List<Long> keyframes = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    each(
        clip,
        clip.length,
        frame -> {
          if (frame.kind() == MediaKind.VIDEO && !frame.config()) {
            times.add(frame.dts());
            if (frame.keyframe()) {
              keyframes.add(frame.dts());
            }
          }
        });

    assertThat(times).hasSize(32).isSorted().startsWith(80L, 120L, 160L);
    assertThat(keyframes).containsExactly(80L);
  }

  private static FlvFrameSource each(byte[] flv, int pieces, Consumer<Frame> sink) {
    FlvFrameSource source = new FlvFrameSource(ByteBufAllocator.DEFAULT, 1 << 20);
    for (int at = 0; at < flv.length; at += pieces) {
      ByteBuf in = Unpooled.wrappedBuffer(flv, at, Math.min(pieces, flv.length - at));
      for (Frame frame = source.read(in); frame != null; frame = source.read(in)) {
        sink.accept(frame);
        frame.release();
      }
    }
    source.close();
    return source;
  }

  private static byte[] tail(byte[] flv) {
    return Arrays.copyOfRange(flv, FLV_HEADER, flv.length);
  }
}
