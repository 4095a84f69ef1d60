package live.sluice.container.hls;

import static live.sluice.container.ts.TestFrames.AAC;
import static live.sluice.container.ts.TestFrames.AVC;

import java.nio.charset.StandardCharsets;
import java.util.List;
import live.sluice.container.ts.TestFrames;
import live.sluice.media.Frame;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Track;
import live.sluice.media.testing.ManualTicker;
import org.jspecify.annotations.Nullable;

/** A publisher in media time: what it sends goes straight to a packager, and the clock goes with it. */
final class Source {
  static final int FRAME_MS = 40;
  private static final NodeInfo NODE =
      new NodeInfo("origin-0", 1, NodeInfo.Role.ORIGIN, "local", "127.0.0.1", 1935, 8080, 1985);

  final HlsPackager packager;
  private final ManualTicker ticker;
  private final @Nullable Track video;
  private final @Nullable Track audio;
  long dts;

  Source(HlsPackager packager, ManualTicker ticker, @Nullable Track video, @Nullable Track audio) {
    this.packager = packager;
    this.ticker = ticker;
    this.video = video;
    this.audio = audio;
  }

  static Source of(StreamKey key, ManualTicker ticker) {
    return new Source(new HlsPackager(key, HlsSettings.defaults(), ticker), ticker, AVC, AAC);
  }

  static StreamEntry entry(StreamKey key, long epoch, long discontinuitySequence) {
    return new StreamEntry(key, NODE, epoch, discontinuitySequence, List.of());
  }

  /** Begins an epoch, with configurations. */
  Source start(long epoch, long discontinuitySequence) {
    packager.sourceStarted(entry(packager.key(), epoch, discontinuitySequence));
    for (Track track : new Track[] {video, audio}) {
      if (track != null && track.config().length > 0) {
        give(TestFrames.config(track, dts));
      }
    }
    return this;
  }

  /** So much media at 25 pictures a second, with a keyframe each {@code gopMs}. */
  Source play(long ms, long gopMs) {
    long end = dts + ms;
    for (long from = dts; dts < end; dts += FRAME_MS) {
      if (video != null) {
        boolean key = (dts - from) % gopMs == 0;
        give(key ? TestFrames.key(video, dts, 0, 20) : TestFrames.delta(video, dts, 0, 10));
      }
      if (audio != null) {
        give(TestFrames.sound(audio, dts, 10));
      }
      ticker.advance(FRAME_MS);
    }
    return this;
  }

  void give(Frame frame) {
    packager.onFrame(frame);
    frame.release();
  }

  /** Whether there is such a segment. */
  boolean holds(long epoch, long sequence) {
    HlsSegment segment = packager.segment(epoch, sequence);
    if (segment != null) {
      segment.release();
    }
    return segment != null;
  }

  /** The playlist there is now. */
  HlsPlaylist playlist() {
    HlsPlaylist now = packager.playlist();
    if (now == null) {
      throw new AssertionError("there is no playlist");
    }
    return now;
  }

  String text() {
    return new String(playlist().bytes(), StandardCharsets.UTF_8);
  }

  /** What follows {@code prefix} in the lines of the playlist that begin so. */
  List<String> lines(String prefix) {
    return text().lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
  }

  long number(String tag) {
    return Long.parseLong(lines(tag).getFirst());
  }
}
