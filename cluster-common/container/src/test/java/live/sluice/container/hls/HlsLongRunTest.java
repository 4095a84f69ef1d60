package live.sluice.container.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import live.sluice.container.ts.TestFrames;
import live.sluice.container.ts.Ts;
import live.sluice.container.ts.TsReader;
import live.sluice.media.Frame;
import live.sluice.media.StreamKey;
import live.sluice.media.testing.ManualTicker;
import org.junit.jupiter.api.Test;

/** Hours of a stream at 59.94 pictures a second, over the wrap of RTMP's 32 bits and of the 33 bits here. */
class HlsLongRunTest {
  private static final long END_MS = 8 * 3_600_000;

  /** 2^32 ms are 45 times 2^33 ticks: both wrap in the middle. */
  private static final long START = (1L << 32) - END_MS / 2;

  /** Without leak detection, which takes most of the time otherwise; other tests look for leaks. */
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);

  private static final long FIRST = 1_700_000_000L;

  private final ManualTicker ticker = new ManualTicker();
  private final HlsPackager packager =
      new HlsPackager(StreamKey.of("live", "x"), HlsSettings.defaults(), ticker, ALLOCATOR, () -> {});
  private final ByteBuf key = shared("0000000365aabb");
  private final ByteBuf delta = shared("0000000341aabb");
  private final ByteBuf sound = shared("2110");

  private final TsReader reader = new TsReader(new Times(), ALLOCATOR);
  private long lastVideo = -1;
  private long lastAudio = -1;
  private long pictures;
  private long sounds;

  private static ByteBuf shared(String hex) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(TestFrames.hex(hex)));
  }

  private final class Times implements TsReader.Sink {
    @Override
    public void onUnit(int pid, int type, long pts, long dts, boolean randomAccess, ByteBuf payload) {
      if (Ts.unwrap(dts, pts) < dts) {
        throw new AssertionError("shown before it is decoded");
      }
      if (type == Ts.H264) {
        lastVideo = next(lastVideo, dts, 15, 18);
        pictures++;
      } else {
        lastAudio = next(lastAudio, dts, 20, 150);
        sounds++;
      }
    }

    private static long next(long last, long time, long leastMs, long mostMs) {
      if (last < 0) {
        return time;
      }
      long next = Ts.unwrap(last, time);
      if (next - last < leastMs * 90 || next - last > mostMs * 90) {
        throw new AssertionError((next - last) + " ticks from one unit to the next");
      }
      return next;
    }

    @Override
    public void onProgram(int version, Map<Integer, Integer> types) {
      assertThat(version).isZero();
    }
  }

  private static long time(long picture) {
    return picture * 1001 / 60;
  }

  private void give(Frame frame) {
    packager.onFrame(frame);
    frame.release();
  }

  @Test
  void eightHoursKeepTheirTimes() {
    packager.sourceStarted(Source.entry(packager.key(), 7, 0));
    give(TestFrames.config(TestFrames.AVC, START));
    give(TestFrames.config(TestFrames.AAC, START));
    long sequence = FIRST;
    long sum = 0;
    long nextSound = 0;
    long n = 0;
    for (; time(n) <= END_MS; n++) {
      boolean isKey = n % 120 == 0;
      long offset = isKey ? 17 : n % 3 == 1 ? 50 : 0;
      give(new Frame(TestFrames.AVC, START + time(n), offset, isKey, false, (isKey ? key : delta).duplicate()));
      for (; nextSound * 64 / 3 <= time(n); nextSound++) {
        give(new Frame(TestFrames.AAC, START + nextSound * 64 / 3, 0, true, false, sound.duplicate()));
      }
      ticker.advance(time(n + 1) - time(n));
      for (HlsSegment segment; (segment = packager.segment(7, sequence)) != null; sequence++) {
        sum += read(segment);
        if (segment.startWallMs() + segment.durationMs() != FIRST * 1000 + sum) {
          throw new AssertionError("dates and durations differ at segment " + segment.name());
        }
      }
    }
    packager.onSourceEnded();
    sum += read(packager.segment(7, sequence));
    reader.finish();

    assertThat(pictures).isEqualTo(n);
    assertThat(sounds).isBetween(nextSound / 6, nextSound / 4);
    assertThat(sum).isBetween(time(n) - 2, time(n) + 2);
    long end = (START + time(n - 1) + 1_000) * 90;
    assertThat(lastVideo & Ts.TIME_MASK).isEqualTo(end & Ts.TIME_MASK);
    assertThat(reader.errors()).isZero();
    assertThat(new String(packager.playlist().bytes(), StandardCharsets.UTF_8))
        .contains("#EXT-X-TARGETDURATION:2\n", "#EXT-X-DISCONTINUITY-SEQUENCE:0\n");
    packager.close();
    reader.close();
  }

  private long read(HlsSegment segment) {
    reader.read(segment.content().duplicate());
    segment.release();
    return segment.durationMs();
  }
}
