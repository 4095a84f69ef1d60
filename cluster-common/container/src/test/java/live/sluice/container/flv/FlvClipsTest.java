package live.sluice.container.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashSet;
import java.util.Set;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clips that ffmpeg 8.1 wrote; they are the corpus of the fuzz test too. */
class FlvClipsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1080i|H264 1920x1080 High 4||3|0",
        "h264b-g711|H264 160x90 High 1.1|G711A 8000/1|15|30",
        "hevc-aac51|HEVC 160x90 Main 1|AAC 48000/6 LC|15|30",
        "av1-opus|AV1 0x0 Main 2.0|OPUS 48000/2|15|31",
        "vp9-mp3|VP9 0x0 Profile 0 1|MP3 44100/2|15|24",
        "multitrack|H264 160x90 High 1.1|AAC 48000/1 LC|15|30",
        "h263-nelly|OTHER_VIDEO|OTHER_AUDIO 8000/1|15|19",
        "flac||OTHER_AUDIO|0|7",
        "ac3||OTHER_AUDIO|0|19",
      })
  void areReadWhole(String name, String video, String audio, int pictures, int sounds) {
    Set<String> tracks = new LinkedHashSet<>();
    int[] counts = new int[3];
    FlvFrameSource source = new FlvFrameSource(ByteBufAllocator.DEFAULT, 1 << 20);
    ByteBuf in = Unpooled.wrappedBuffer(TestClips.bytes("FlvFuzzTestInputs/anyStream/" + name + ".flv"));
    for (Frame frame = source.read(in); frame != null; frame = source.read(in)) {
      if (!frame.config()) {
        counts[frame.kind().ordinal()]++;
      }
      if (frame.kind() != MediaKind.DATA) {
        tracks.add(describe(frame.track()));
      }
      frame.release();
    }
    source.close();

    tracks.remove("AV1"); // ffmpeg sends its configuration after the first frame only
    tracks.remove(video);
    tracks.remove(audio);
    assertThat(tracks).isEmpty();
    assertThat(counts[MediaKind.VIDEO.ordinal()]).isEqualTo(pictures);
    assertThat(counts[MediaKind.AUDIO.ordinal()]).isEqualTo(sounds);
  }

  private static String describe(Track track) {
    StringBuilder text = new StringBuilder(track.codec().name());
    if (track.video() != null) {
      text.append(' ').append(track.video().width()).append('x').append(track.video().height());
      text.append(' ').append(track.video().profile()).append(' ').append(track.video().level());
    }
    if (track.audio() != null) {
      text.append(' ').append(track.audio().sampleRate()).append('/').append(track.audio().channels());
      text.append(' ').append(track.audio().profile());
    }
    return text.toString().trim();
  }
}
