package live.sluice.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import live.sluice.media.SluiceException;
import live.sluice.media.Track;
import live.sluice.media.codec.Tracks;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.AccessUnitListener;
import live.sluice.rtp.payload.Depacketizer;

/** Pictures on their way from packets to frames. Not thread-safe. */
final class VideoToFrames implements AccessUnitListener, AutoCloseable {
  private final RtpTrack source;
  private final LipSync time;
  private final LayerChoice layers;
  private final ByteBufAllocator allocator;
  private final FrameOutput out;
  private Depacketizer depacketizer;
  private Track track;
  private boolean configChanged;
  private long last = Long.MIN_VALUE;

  VideoToFrames(
      RtpTrack source, LipSync time, LayerChoice layers, ByteBufAllocator allocator, FrameOutput out) {
    this.source = source;
    this.time = time;
    this.layers = layers;
    this.allocator = allocator;
    this.out = out;
    track = Track.bare(source.codec());
    depacketizer = Depacketizer.of(source, allocator, this);
  }

  RtpTrack track() {
    return source;
  }

  void packet(RtpPacket packet) {
    if (layers.changes(packet.layer(), packet.keyframe(), packet.arrivalNanos())) {
      depacketizer.close();
      depacketizer = Depacketizer.of(source, allocator, this);
      time.restart(MediaKind.VIDEO);
    }
    if (packet.layer() == layers.layer()) {
      time.arrived(MediaKind.VIDEO, source.clockRate(), packet.timestamp(), packet.arrivalNanos());
      depacketizer.receive(packet, packet.arrivalNanos());
    }
  }

  void skip(int sequence, long nowNanos) {
    depacketizer.skip(sequence, nowNanos);
  }

  void poll(long nowNanos) {
    depacketizer.poll(nowNanos);
  }

  @Override
  public void onConfig(byte[] record) {
    try {
      track = Tracks.of(source.codec(), record);
      configChanged = true;
    } catch (SluiceException unreadable) {
      // The decoder is the judge: frames go on with what was known before.
    }
  }

  @Override
  public void onAccessUnit(ByteBuf payload, long timestamp, boolean keyframe) {
    // WebRTC has no B-frames: decoding time is presentation time.
    last = Math.max(last, time.millis(MediaKind.VIDEO, time.unwrap(MediaKind.VIDEO, (int) timestamp)));
    if (configChanged) {
      configChanged = false;
      out.onFrame(new Frame(track, last, 0, true, true, Unpooled.wrappedBuffer(track.config())));
    }
    out.onFrame(new Frame(track, last, 0, keyframe, false, payload));
  }

  @Override
  public void onKeyframeNeeded() {
    out.onKeyframeNeeded(layers.layer());
  }

  @Override
  public void close() {
    depacketizer.close();
  }
}
