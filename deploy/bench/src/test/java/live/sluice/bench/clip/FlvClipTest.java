package live.sluice.bench.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import live.sluice.bench.BenchException;
import live.sluice.bench.scan.SenderClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvClipTest {
  @TempDir Path folder;

  private static void tag(ByteBuf out, int type, int timestamp, int... body) {
    out.writeByte(type).writeMedium(body.length).writeMedium(timestamp).writeByte(0).writeMedium(0);
    for (int b : body) {
      out.writeByte(b);
    }
    out.writeInt(11 + body.length);
  }

  private Path file(ByteBuf content) throws IOException {
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    return Files.write(folder.resolve("clip.flv"), bytes);
  }

  private static ByteBuf begin() {
    return Unpooled.buffer().writeBytes(new byte[] {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0});
  }

  @Test
  void configurationsComeFirstAndPicturesTakeTheClock() throws IOException {
    ByteBuf out = begin();
    tag(out, 9, 100, 0x17, 0, 0, 0, 0, 1, 2, 3);
    tag(out, 8, 100, 0xaf, 0, 0x11, 0x88);
    tag(out, 9, 100, 0x17, 1, 0, 0, 80, 0, 0, 0, 1, 0x65);
    tag(out, 8, 110, 0xaf, 1, 9);
    tag(out, 9, 140, 0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41);
    Clip clip = FlvClip.read(file(out));

    assertThat(clip.opening()).hasSize(2);
    assertThat(clip.units()).extracting(ClipUnit::dtsMs).containsExactly(0L, 10L, 40L);
    assertThat(clip.durationMs()).isEqualTo(80);
    ClipUnit picture = clip.units().getFirst();
    assertThat(picture.keyframe()).isTrue();
    assertThat(picture.prefix()).hasSize(5 + SenderClock.AVC_BYTES).startsWith(0x17, 1, 0, 0, 80);
    assertThat(picture.rest().readableBytes()).isEqualTo(5);
    assertThat(clip.units().get(1).clock()).isFalse();
  }

  @Test
  void hevcOfTheEnhancedFormTakesAClockOfItsOwnKind() throws IOException {
    ByteBuf out = begin();
    tag(out, 9, 0, 0x90, 'h', 'v', 'c', '1', 1);
    tag(out, 9, 0, 0x91, 'h', 'v', 'c', '1', 0, 0, 0, 0, 0, 0, 2, 0x26, 1);
    tag(out, 9, 40, 0xa3, 'h', 'v', 'c', '1', 0, 0, 0, 2, 2, 1);
    Clip clip = FlvClip.read(file(out));

    assertThat(clip.units().get(0).prefix()).hasSize(8 + SenderClock.HEVC_BYTES);
    assertThat(clip.units().get(1).prefix()).hasSize(5 + SenderClock.HEVC_BYTES);
    assertThat(clip.units().get(1).keyframe()).isFalse();
  }

  @Test
  void aFileThatIsNoFlvIsRefusedInWords() throws IOException {
    Path file = file(Unpooled.copiedBuffer(new byte[100]));
    assertThatThrownBy(() -> FlvClip.read(file)).isInstanceOf(BenchException.class).hasMessageContaining("clip.flv");
  }
}
