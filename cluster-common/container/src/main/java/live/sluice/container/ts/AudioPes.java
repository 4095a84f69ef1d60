package live.sluice.container.ts;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.codec.AacConfig;
import live.sluice.media.codec.Mp3Header;
import org.jspecify.annotations.Nullable;

/**
 * Frames of AAC and MP3 as PES packets. About 100 ms of frames share a packet, which saves half of what a packet per
 * frame would cost; only the first one's time is written, the others follow from the sample rate.
 *
 * <p>RTMP's times are rounded to ms, and a player that trusts them hears the seams. So times are counted in samples for
 * as long as they stay within {@link #DRIFT} of the frames' own.
 */
final class AudioPes {
  private static final int STREAM_ID = 0xc0;
  private static final int MAX_TICKS = 100 * Ts.TICKS_PER_MS;
  private static final int MAX_BYTES = 32 << 10;
  private static final int DRIFT = 3 * Ts.TICKS_PER_MS;
  private static final int AAC_SAMPLES = 1024;
  private static final long TICKS_PER_SECOND = 1000L * Ts.TICKS_PER_MS;

  private final PesWriter pes = new PesWriter(TsTables.AUDIO_PID, STREAM_ID);
  private final List<Frame> held = new ArrayList<>(16);
  private @Nullable AdtsHeader adts;
  private int samplesPerFrame = AAC_SAMPLES;
  private int sampleRate = 48_000;
  private int heldBytes;

  // Times are counted in samples from here on.
  private long anchor;
  private long samples;
  private boolean anchored;
  private long heldSince;

  /** The track of the frames to come, which must be a supported one; what is held must have been flushed. */
  void track(Track track) {
    drop();
    anchored = false;
    if (track.codec() == Codec.AAC) {
      AacConfig config = AacConfig.parse(track.config());
      adts = new AdtsHeader(config, track.config());
      samplesPerFrame = AAC_SAMPLES;
      sampleRate = config.coreSampleRate();
    } else {
      adts = null;
    }
  }

  /** Times are taken from the next frame: there is a gap, or another source. */
  void forgetTime() {
    anchored = false;
  }

  /**
   * Takes a frame, and writes what is held when it is enough.
   *
   * @param time of the frame in ticks
   * @param pcr time of the clock reference where this track carries it, negative for none
   */
  void write(Frame frame, long time, long pcr, ByteBuf out) {
    int size = frame.size() + (adts == null ? 0 : adts.length(held.isEmpty()));
    if (frame.size() == 0 || size > (adts == null ? MAX_BYTES : AdtsHeader.MAX_FRAME)) {
      return;
    }
    if (adts == null && !readMp3(frame.payload(), out, pcr)) {
      return;
    }
    long expected = anchor + samples * TICKS_PER_SECOND / sampleRate;
    if (!anchored || Math.abs(time - expected) > DRIFT) {
      flush(pcr, out);
      anchor = time;
      samples = 0;
      anchored = true;
      expected = time;
    }
    if (!held.isEmpty() && (heldBytes + size > MAX_BYTES || expected - heldSince >= MAX_TICKS)) {
      flush(pcr, out);
    }
    if (held.isEmpty()) {
      heldSince = expected;
      size = frame.size() + (adts == null ? 0 : adts.length(true));
    }
    held.add(frame.retain());
    heldBytes += size;
    samples += samplesPerFrame;
  }

  /** Writes what is held. */
  void flush(long pcr, ByteBuf out) {
    if (held.isEmpty()) {
      return;
    }
    long pts = heldSince & Ts.TIME_MASK;
    pes.begin(out, heldBytes, pts, pts, true, pcr >= 0, pcr);
    for (int i = 0; i < held.size(); i++) {
      ByteBuf payload = held.get(i).payload();
      AdtsHeader header = adts;
      if (header != null) {
        header.put(pes, payload.readableBytes(), i == 0);
      }
      pes.put(payload, payload.readerIndex(), payload.readableBytes());
    }
    drop();
  }

  /** Time in ticks of the first frame that is held; only where {@link #holds()}. */
  long heldSince() {
    return heldSince;
  }

  boolean holds() {
    return !held.isEmpty();
  }

  /** Releases what is held. */
  void drop() {
    for (int i = 0; i < held.size(); i++) {
      held.get(i).release();
    }
    held.clear();
    heldBytes = 0;
  }

  private boolean readMp3(ByteBuf payload, ByteBuf out, long pcr) {
    Mp3Header header =
        payload.readableBytes() < Mp3Header.LENGTH ? null : Mp3Header.parse(payload.getInt(payload.readerIndex()));
    if (header == null) {
      return false;
    }
    if (header.sampleRate() != sampleRate || header.samples() != samplesPerFrame) {
      flush(pcr, out);
      anchored = false;
      sampleRate = header.sampleRate();
      samplesPerFrame = header.samples();
    }
    return true;
  }
}
