package live.sluice.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.sluice.bench.proc.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorTest {
  @TempDir Path directory;

  @Test
  void it_plays_a_file_in_a_loop_with_timestamps_that_go_on() throws IOException {
    Path clip = Files.write(directory.resolve("clip.flv"), clip(20, 40));
    FloorProgram program = FloorProgram.compile(directory);

    try (Child floor = start(program, clip, 100)) {
      Path recorded = directory.resolve("recorded.flv");
      // More than one turn of the clip, which lasts 0.8 s.
      FlvRecorder.record(URI.create("http://127.0.0.1:" + port(floor) + "/any.flv"), Duration.ofMillis(1300), recorded);

      List<Tag> tags = tags(Files.readAllBytes(recorded));
      assertThat(tags.get(0).body()).startsWith(2, 0, 10, 'o', 'n');
      assertThat(tags.get(1).body()).startsWith(0x17, 0);
      List<Tag> frames = tags.subList(2, tags.size());
      assertThat(frames).hasSizeGreaterThan(30);
      assertThat(frames.getFirst().body()).startsWith(0x17, 1);
      for (int i = 1; i < frames.size(); i++) {
        assertThat(frames.get(i).ms() - frames.get(i - 1).ms()).isBetween(40L, 41L);
      }
    }
  }

  @Test
  void it_says_what_it_did_when_it_is_stopped() throws IOException {
    Path clip = Files.write(directory.resolve("clip.flv"), clip(20, 40));
    FloorProgram program = FloorProgram.compile(directory);

    try (Child floor = start(program, clip, 0)) {
      FlvRecorder.record(
          URI.create("http://127.0.0.1:" + port(floor) + "/any.flv"), Duration.ofMillis(200), directory.resolve("r"));
      floor.terminate();

      assertThat(floor.awaitExit(Duration.ofSeconds(10))).isZero();
      assertThat(floor.output()).contains("\"most_players\":1").containsPattern("\"writes\":[1-9]");
    }
  }

  @Test
  void a_recording_ends_before_a_keyframe() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    FlvRecorder.copy(
        new DataInputStream(new ByteArrayInputStream(clip(60, 40))), out, Duration.ofMillis(500), Duration.ZERO);

    // Keyframes are 10 frames apart: the first one past 500 ms is at 800 ms.
    assertThat(tags(out.toByteArray()).getLast().ms()).isEqualTo(760);
  }

  private Child start(FloorProgram program, Path clip, int windowMs) {
    return Child.start("the floor", program.command(clip, 0, windowMs, null), directory.resolve("log"), Map.of());
  }

  private static int port(Child floor) {
    Pattern told = Pattern.compile("listening on (\\d+)\n");
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(10)) {
      Matcher matcher = told.matcher(floor.output());
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("it does not listen: " + floor.lastWords());
  }

  private record Tag(long ms, byte[] body) {}

  private static List<Tag> tags(byte[] flv) {
    List<Tag> tags = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(flv).position(13);
    while (in.hasRemaining()) {
      int start = in.getInt();
      int stamp = in.getInt();
      in.position(in.position() + 3);
      byte[] body = new byte[start & 0xffffff];
      in.get(body);
      assertThat(in.getInt()).isEqualTo(body.length + 11);
      tags.add(new Tag((stamp >>> 8) | (stamp & 0xffL) << 24, body));
    }
    return tags;
  }

  /** onMetaData, a header of H.264, and frames, each tenth of them a keyframe. */
  private static byte[] clip(int frames, int apartMs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'F', 'L', 'V', 1, 1, 0, 0, 0, 9, 0, 0, 0, 0});
    tag(out, 18, 0, new byte[] {2, 0, 10, 'o', 'n', 'M', 'e', 't', 'a', 'D', 'a', 't', 'a', 8, 0, 0, 0, 0, 0, 0, 9});
    tag(out, 9, 0, new byte[] {0x17, 0, 0, 0, 0, 1});
    for (int i = 0; i < frames; i++) {
      byte[] body = new byte[500 + i];
      body[0] = (byte) (i % 10 == 0 ? 0x17 : 0x27);
      body[1] = 1;
      tag(out, 9, i * apartMs, body);
    }
    return out.toByteArray();
  }

  private static void tag(ByteArrayOutputStream out, int type, int ms, byte[] body) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(type << 24 | body.length).array());
    out.writeBytes(ByteBuffer.allocate(4).putInt(ms << 8 | ms >>> 24).array());
    out.writeBytes(new byte[3]);
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 11).array());
  }
}
