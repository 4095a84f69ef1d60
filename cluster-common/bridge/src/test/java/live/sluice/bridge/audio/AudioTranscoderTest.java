package live.sluice.bridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import live.sluice.bridge.audio.TestEncoder.Clip;
import live.sluice.bridge.audio.TestEncoder.Coded;
import live.sluice.bridge.ffmpeg.NativeFolder;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AudioTranscoderTest {
  private final AudioEngine engine = new AudioEngine(Natives.CACHE, 2);
  private final Loop loop = new Loop();
  private final Output output = new Output();

  @BeforeAll
  static void load() {
    Natives.load();
  }

  @AfterEach
  void close() {
    Natives.end(engine);
    loop.run();
    output.release();
  }

  @Test
  void handsResultsToTheLoopInOrder() {
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 2, false);
    AudioTranscoder transcoder = engine.open(clip.input(), AudioTarget.OPUS, loop, output);

    putAll(transcoder, clip);
    Await.until("all came out", () -> loop.run() >= 0 && output.times.size() >= 95);

    for (int i = 1; i < output.times.size(); i++) {
      assertThat(output.times.get(i)).isEqualTo(output.times.get(i - 1) + 960);
    }
    assertThat(output.threads).containsOnly(Thread.currentThread());
    transcoder.close();
  }

  @Test
  void nothingComesAfterItsClose() {
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 1, false);
    AudioTranscoder transcoder = engine.open(clip.input(), AudioTarget.OPUS, loop, output);
    putAll(transcoder, clip);
    Await.until("something is ready", () -> !loop.tasks.isEmpty());

    transcoder.close();
    Await.until("nobody works", () -> engine.isIdle());
    loop.run();

    assertThat(output.times).isEmpty();
  }

  @Test
  void whatWaitsIsBounded() {
    AudioEngine slow = new AudioEngine(Natives.CACHE, 1);
    CountDownLatch busy = new CountDownLatch(1);
    slow.execute(() -> await(busy));
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 4, false);
    AudioTranscoder transcoder = slow.open(clip.input(), AudioTarget.OPUS, loop, output);

    putAll(transcoder, clip);

    assertThat(transcoder.dropped()).isEqualTo(clip.frames().size() - AudioTranscoder.MAX_WAITING);
    busy.countDown();
    transcoder.close();
    Natives.end(slow);
  }

  @Test
  void whatCanNotBeOpenedIsToldOnce() {
    AudioInput input = new AudioInput(Codec.AAC, new byte[] {-1, -1, -1, -1, -1}, 0, 0, false);
    AudioTranscoder transcoder = engine.open(input, AudioTarget.OPUS, loop, output);

    transcoder.put(buffer(new byte[100]), 0, false);
    transcoder.put(buffer(new byte[100]), 1_024, false);
    Await.until("the failure was told", () -> loop.run() >= 0 && !output.failures.isEmpty());
    transcoder.put(buffer(new byte[100]), 2_048, false);
    Await.until("nobody works", () -> engine.isIdle());
    loop.run();

    assertThat(output.failures).hasSize(1);
    transcoder.close();
  }

  @Test
  void thatThereIsNoPlaceForTheLibrariesIsToldWithThatPlace() {
    AudioEngine homeless = new AudioEngine(NativeFolder.within(Path.of("target", "nowhere")), 1);
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 0.5, false);
    AudioTranscoder transcoder = homeless.open(clip.input(), AudioTarget.OPUS, loop, output);
    putAll(transcoder, clip);
    Await.until("the failure was told", () -> loop.run() >= 0 && !output.failures.isEmpty());
    homeless.warmUp();
    transcoder.close();
    Natives.end(homeless);

    assertThat(output.failures).hasSize(1).first().asString().contains("nowhere");
  }

  @Test
  void theEngineMayBeClosedFirst() {
    Clip clip = TestEncoder.encode(Codec.AAC, 48_000, 2, 0.5, false);
    AudioTranscoder transcoder = engine.open(clip.input(), AudioTarget.OPUS, loop, output);
    putAll(transcoder, clip);

    engine.close();
    transcoder.put(buffer(new byte[10]), 0, false);
    transcoder.close();
    transcoder.close();

    Await.until("nobody works", () -> engine.isIdle());
  }

  @Test
  void openingAndClosingLeavesNothingBehind() throws Throwable {
    Clip clip = TestEncoder.encode(Codec.AAC, 44_100, 2, 0.1, false);
    openAndClose(clip, 20);
    long before = NativeMemory.bytesInUse();

    openAndClose(clip, 200);

    // One that stayed would be 1 MB each time; what the JVM itself takes meanwhile is far less than half of it.
    assertThat(NativeMemory.bytesInUse() - before).isLessThan(200 * 500_000L);
  }

  private void openAndClose(Clip clip, int times) {
    for (int i = 0; i < times; i++) {
      Output each = new Output();
      AudioTranscoder transcoder = engine.open(clip.input(), AudioTarget.OPUS, loop, each);
      putAll(transcoder, clip);
      Await.until("sound came", () -> loop.run() >= 0 && each.times.size() > 1);
      transcoder.close();
      Await.until("nobody works", () -> engine.isIdle());
      loop.run();
      each.release();
    }
  }

  private static void putAll(AudioTranscoder transcoder, Clip clip) {
    for (Coded frame : clip.frames()) {
      transcoder.put(buffer(frame.bytes()), clip.rounded(frame), false);
    }
  }

  private static ByteBuf buffer(byte[] bytes) {
    return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A loop that is run by the test. */
  private static final class Loop implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    int run() {
      int count = 0;
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
        count++;
      }
      return count;
    }
  }

  private static final class Output implements AudioOutput {
    private final List<Long> times = new ArrayList<>();
    private final List<ByteBuf> payloads = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public void onAudio(ByteBuf payload, long pts) {
      payloads.add(payload);
      times.add(pts);
      threads.add(Thread.currentThread());
    }

    @Override
    public void onAudioFailed(ErrorCode code, String why) {
      failures.add(why);
    }

    void release() {
      payloads.forEach(ByteBuf::release);
      payloads.clear();
    }
  }
}
