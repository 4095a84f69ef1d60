package live.sluice.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.AudioInput;
import live.sluice.bridge.audio.AudioOutput;
import live.sluice.bridge.audio.AudioTarget;
import live.sluice.bridge.audio.AudioTranscoder;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import live.sluice.media.Track.AudioFormat;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Packetizer;
import org.jspecify.annotations.Nullable;

/**
 * Sound on its way from frames to packets: Opus as it is, all else transcoded to it. It belongs to the stream's loop,
 * and is to be closed.
 */
final class AudioToRtp implements AudioOutput, AutoCloseable {
  /** Ticks in a ms of Opus; RFC 7587, section 4.1. */
  static final int TICKS_PER_MS = AudioTarget.SAMPLE_RATE / 1000;

  /**
   * Opus whose time is further than this from where the packet before it ended has a gap before it, and no rounding.
   */
  private static final long GAP = 20 * TICKS_PER_MS;

  /** Far enough from all times, and from where arithmetic overflows. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private static final Track OPUS = Track.bare(Codec.OPUS);

  /** Whom it works for. */
  interface Host extends TrackOutput {
    /**
     * Whether sound of that time in ms is older than what players are to hear. A source may begin with some of its past at
     * once, and what waits until a transcoder has begun comes at once too; a player keeps all the sound that it is given,
     * and would be behind the pictures by as much.
     */
    boolean isOld(long mediaMillis);

    /** There is no sound, for that reason. */
    void onLeftOut(String why);
  }

  private final AudioEngine engine;
  private final Executor loop;
  private final Packetizer packetizer;
  private final Host host;
  private @Nullable Track track;
  private @Nullable AudioTranscoder transcoder;
  private boolean afresh = true;
  private long next = NEVER;

  AudioToRtp(RtpTrack track, AudioEngine engine, Executor loop, ByteBufAllocator allocator, Host host) {
    this.engine = engine;
    this.loop = loop;
    this.packetizer = Packetizer.of(track, allocator);
    this.host = host;
  }

  /** The next frame has nothing to do with those before it. */
  void interrupt() {
    afresh = true;
  }

  /** Takes a frame; borrows it. */
  void accept(Frame frame) {
    Track now = frame.track();
    if (!now.equals(track)) {
      track = now;
      begin(now);
    }
    long pts = frame.pts() * TICKS_PER_MS;
    AudioTranscoder through = transcoder;
    if (through != null) {
      through.put(frame.payload().retainedSlice(), pts, afresh || frame.discontinuity());
    } else {
      pass(frame, pts);
    }
    afresh = false;
  }

  private void begin(Track now) {
    AudioTranscoder old = transcoder;
    transcoder = null;
    if (old != null) {
      old.close();
    }
    if (now.codec() != Codec.OPUS || channels(now) > 2) {
      transcoder = engine.open(AudioInput.of(now), AudioTarget.OPUS, loop, this);
    }
  }

  static int channels(Track track) {
    AudioFormat format = track.audio();
    return format == null ? 0 : format.channels();
  }

  /** Times in ms are rounded, and a player hears gaps and overlaps of half a ms: packets follow each other instead. */
  private void pass(Frame frame, long pts) {
    int ticks = OpusPacket.ticks(frame.payload());
    if (ticks > 0) {
      boolean follows = Math.abs(pts - next) < GAP;
      send(frame, follows ? next : pts, ticks);
    }
  }

  @Override
  public void onAudio(ByteBuf payload, long pts) {
    Frame frame = new Frame(OPUS, 0, 0, true, false, payload);
    try {
      send(frame, pts, AudioTarget.OPUS.frameSamples());
    } finally {
      frame.release();
    }
  }

  private void send(Frame frame, long pts, int ticks) {
    // A new transcoder begins a little before what it is given, which the old one may have made already.
    long millis = Math.floorDiv(pts, TICKS_PER_MS);
    if (pts < next - ticks / 2 || host.isOld(millis)) {
      return;
    }
    next = pts + ticks;
    packetizer.packetize(frame, (int) pts, host.arrival(millis), host::onPacket);
  }

  @Override
  public void onAudioFailed(ErrorCode code, String why) {
    host.onLeftOut(why);
  }

  @Override
  public void close() {
    AudioTranscoder last = transcoder;
    transcoder = null;
    if (last != null) {
      last.close();
    }
  }
}
