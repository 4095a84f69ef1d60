package live.sluice.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Executor;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.bridge.audio.AudioInput;
import live.sluice.bridge.audio.AudioOutput;
import live.sluice.bridge.audio.AudioTarget;
import live.sluice.bridge.audio.AudioTranscoder;
import live.sluice.media.Codec;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.AccessUnitListener;
import live.sluice.rtp.payload.Depacketizer;
import org.jspecify.annotations.Nullable;

/** Sound on its way from packets to frames. It belongs to the stream's loop, and is to be closed. */
final class AudioToFrames implements AccessUnitListener, AudioOutput, AutoCloseable {
  private final RtpTrack source;
  private final LipSync time;
  private final FrameOutput out;
  private final Depacketizer depacketizer;
  private final @Nullable AudioTranscoder transcoder;
  private final int ticksPerTick;
  private Track track;
  private boolean configured;
  private long last = Long.MIN_VALUE;

  AudioToFrames(
      RtpTrack source,
      boolean keepOpus,
      LipSync time,
      Executor loop,
      AudioEngine engine,
      ByteBufAllocator allocator,
      FrameOutput out) {
    this.source = source;
    this.time = time;
    this.out = out;
    depacketizer = Depacketizer.of(source, allocator, this);
    ticksPerTick = Math.max(1, AudioTarget.SAMPLE_RATE / source.clockRate());
    if (keepOpus && source.codec() == Codec.OPUS) {
      transcoder = null;
      track = Track.bare(Codec.OPUS);
    } else {
      AudioInput in = AudioInput.ofRtp(source.codec(), source.clockRate(), source.channels());
      transcoder = engine.open(in, AudioTarget.AAC, loop, this);
      track = Tracks.of(Codec.AAC, AudioTarget.aacConfig());
    }
  }

  RtpTrack track() {
    return source;
  }

  void packet(RtpPacket packet) {
    time.arrived(MediaKind.AUDIO, source.clockRate(), packet.timestamp(), packet.arrivalNanos());
    depacketizer.receive(packet, packet.arrivalNanos());
  }

  void poll(long nowNanos) {
    depacketizer.poll(nowNanos);
  }

  @Override
  public void onConfig(byte[] record) {
    if (transcoder == null) {
      track = Tracks.of(Codec.OPUS, record);
      configured = false;
    }
  }

  @Override
  public void onAccessUnit(ByteBuf payload, long timestamp, boolean keyframe) {
    long ticks = time.unwrap(MediaKind.AUDIO, (int) timestamp);
    AudioTranscoder through = transcoder;
    if (through == null) {
      frame(payload, ticks);
    } else {
      // At once, so that players need not wait for the encoder to know that there is sound.
      configure(ticks - AudioTarget.AAC.frameSamples() / ticksPerTick);
      through.put(payload, ticks * ticksPerTick, false);
    }
  }

  @Override
  public void onAudio(ByteBuf payload, long pts) {
    frame(payload, Math.floorDiv(pts, ticksPerTick));
  }

  private void frame(ByteBuf payload, long ticks) {
    configure(ticks);
    last = Math.max(last, time.millis(MediaKind.AUDIO, ticks));
    out.onFrame(new Frame(track, last, 0, true, false, payload));
  }

  private void configure(long ticks) {
    if (!configured) {
      configured = true;
      long at = Math.max(last, time.millis(MediaKind.AUDIO, ticks));
      out.onFrame(new Frame(track, at, 0, true, true, Unpooled.wrappedBuffer(track.config())));
    }
  }

  @Override
  public void onAudioFailed(ErrorCode code, String why) {
    out.onTrackLeftOut(source, why);
  }

  @Override
  public void onKeyframeNeeded() {
    // Every frame of sound is one.
  }

  @Override
  public void close() {
    depacketizer.close();
    if (transcoder != null) {
      transcoder.close();
    }
  }
}
