package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.codec.AacConfig;
import live.sluice.media.codec.AvcConfig;
import live.sluice.media.codec.HevcConfig;
import org.jspecify.annotations.Nullable;

/**
 * Frames to a transport stream of one program (ISO/IEC 13818-1): H.264 or HEVC, AAC or MP3. Continuity counters and
 * table versions go on for the life of the muxer, over segments and sources.
 *
 * <p>Frames are borrowed; a few audio frames are retained until the next {@link #flush}. What is written goes to the
 * caller's buffer, which grows. Not thread-safe.
 *
 * <p>Times: a frame of 0 ms has the time of {@link #LEAD_MS}, so that the clock reference, which runs {@link #PCR_LAG_MS}
 * behind decoding times, and decoding times that are moved back for negative composition offsets, begin above zero.
 */
public final class TsMuxer {
  /** Time in ms of what has dts 0. */
  public static final long LEAD_MS = 1_000;

  /** How far the clock reference is behind decoding times, in ms: it leaves room for tracks that are not interleaved. */
  static final long PCR_LAG_MS = 500;

  /** Most that decoding times are moved back, in ms. */
  static final long MAX_BACK_MS = 400;

  /** The clock reference is repeated after this at the latest, in ticks (section 2.7.2: 100 ms). */
  private static final long PCR_INTERVAL = 90L * Ts.TICKS_PER_MS;

  private final TsTables tables = new TsTables();
  private final VideoPes videoPes = new VideoPes();
  private final AudioPes audioPes = new AudioPes();
  private @Nullable Track video;
  private @Nullable Track audio;
  private boolean opening;

  // In ticks, 64 bits wide.
  private long back;
  private long lastDts = Long.MIN_VALUE;
  private long lastPcr = Long.MIN_VALUE;

  /** Whether a transport stream can carry that track, as it is configured. */
  public static boolean supports(Track track) {
    try {
      return switch (track.codec()) {
        case H264 -> AvcConfig.parse(track.config()).lengthSize() > 0;
        case HEVC -> HevcConfig.parse(track.config()).lengthSize() > 0;
        case AAC -> AdtsHeader.canSay(AacConfig.parse(track.config()), track.config());
        case MP3 -> true;
        case AV1, VP9, VP8, OPUS, G711A, G711U, OTHER_AUDIO, OTHER_VIDEO, SCRIPT -> false;
      };
    } catch (SluiceException unreadable) {
      return false;
    }
  }

  /**
   * Sets the tracks of what comes next, under a new version of the tables; the caller flushes before, and begins a
   * segment after.
   *
   * @throws IllegalArgumentException for a track that is not supported
   */
  public void tracks(@Nullable Track newVideo, @Nullable Track newAudio) {
    video = checked(newVideo, MediaKind.VIDEO);
    audio = checked(newAudio, MediaKind.AUDIO);
    if (newVideo != null) {
      videoPes.track(newVideo);
    }
    audioPes.drop();
    if (newAudio != null) {
      audioPes.track(newAudio);
    }
    tables.describe(streamType(newVideo), streamType(newAudio));
  }

  private static @Nullable Track checked(@Nullable Track track, MediaKind kind) {
    if (track != null && (track.kind() != kind || !supports(track))) {
      throw new IllegalArgumentException(track.codec() + " can't be the " + kind + " track of a transport stream");
    }
    return track;
  }

  private static int streamType(@Nullable Track track) {
    if (track == null) {
      return 0;
    }
    return switch (track.codec()) {
      case H264 -> Ts.H264;
      case HEVC -> Ts.HEVC;
      case AAC -> Ts.AAC_ADTS;
      default -> isHalfRate(track) ? Ts.MPEG2_AUDIO : Ts.MPEG1_AUDIO;
    };
  }

  private static boolean isHalfRate(Track mp3) {
    Track.AudioFormat format = mp3.audio();
    return format != null && format.sampleRate() > 0 && format.sampleRate() < 32_000;
  }

  /** The times to come have nothing to do with those before. */
  public void discontinuity() {
    back = 0;
    lastDts = Long.MIN_VALUE;
    lastPcr = Long.MIN_VALUE;
    audioPes.forgetTime();
  }

  /** Begins a segment: writes the tables; the next access unit of video will carry the parameter sets. */
  public void begin(ByteBuf out) {
    tables.write(out);
    opening = true;
  }

  /** Writes a frame, or takes it to be written soon; frames of a kind that has no track are passed over. */
  public void write(Frame frame, ByteBuf out) {
    if (frame.config()) {
      return;
    }
    switch (frame.kind()) {
      case VIDEO -> {
        if (video != null) {
          writeVideo(frame, out);
        }
      }
      case AUDIO -> {
        if (audio != null) {
          writeAudio(frame, out);
        }
      }
      case DATA -> {}
    }
  }

  private void writeVideo(Frame frame, ByteBuf out) {
    // Where pictures are shown before they are decoded (negative composition offsets), decoding must be earlier.
    back = Math.clamp(-frame.compositionOffset() * Ts.TICKS_PER_MS, back, MAX_BACK_MS * Ts.TICKS_PER_MS);
    long pts = ticks(frame.pts());
    long dts = Math.min(ticks(frame.dts()) - back, pts);
    if (lastDts != Long.MIN_VALUE && dts <= lastDts) {
      dts = Math.min(lastDts + 1, pts);
    }
    long pcr = nextPcr(ticks(frame.dts()), 1);
    if (videoPes.write(frame, pts & Ts.TIME_MASK, dts & Ts.TIME_MASK, pcr, opening, out)) {
      lastDts = dts;
      opening = false;
    }
  }

  private void writeAudio(Frame frame, ByteBuf out) {
    long time = ticks(frame.dts());
    if (video == null) {
      audioPes.write(frame, time, audioPcr(), out);
      return;
    }
    audioPes.write(frame, time, -1, out);
    long pcr = nextPcr(time, PCR_INTERVAL);
    if (pcr >= 0) { // a low frame rate, or no pictures for now
      videoPes.clock(out, pcr);
    }
  }

  /** Writes what is held: a segment ends. */
  public void flush(ByteBuf out) {
    audioPes.flush(video == null ? audioPcr() : -1, out);
  }

  /** Releases what is held. */
  public void close() {
    audioPes.drop();
  }

  /** The clock reference for the audio packet that is due; it is asked for more often than it is used. */
  private long audioPcr() {
    return audioPes.holds() ? pcr(audioPes.heldSince()) : -1;
  }

  /** The clock reference at {@code time}, when it is at least {@code interval} after the last one; else -1. */
  private long nextPcr(long time, long interval) {
    if (lastPcr != Long.MIN_VALUE && time - lastPcr < interval) {
      return -1;
    }
    lastPcr = time;
    return pcr(time);
  }

  private static long pcr(long time) {
    return (time - PCR_LAG_MS * Ts.TICKS_PER_MS) & Ts.TIME_MASK;
  }

  private static long ticks(long ms) {
    return (ms + LEAD_MS) * Ts.TICKS_PER_MS;
  }
}
