package live.sluice.bridge;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.Executor;
import live.sluice.bridge.audio.AudioEngine;
import live.sluice.media.MediaKind;
import live.sluice.rtp.RtpPacket;
import live.sluice.rtp.RtpTrack;
import live.sluice.rtp.payload.Depacketizer;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of a stream of RTP packets, once for all of its RTMP, FLV and HLS players. Packets may come out of order
 * and late; what is lost is waited for a quarter of a second. H.264, HEVC and AV1 are only put together; Opus becomes
 * AAC, which every player has, or stays what it is; G.711 becomes AAC.
 *
 * <p>It belongs to the stream's loop, on which all but the transcoding of sound is done; it is to be closed.
 */
public final class RtpToFrames implements AutoCloseable {
  private final LipSync time = new LipSync();
  private final LayerChoice layers = new LayerChoice();
  private final @Nullable VideoToFrames pictures;
  private final @Nullable AudioToFrames sound;

  /**
   * Makes one that has seen nothing.
   *
   * @param tracks the stream's; of each kind the first one is taken
   * @param keepOpus whether Opus stays Opus, for players of enhanced RTMP, instead of becoming AAC
   * @param loop the stream's
   * @param allocator where payloads of frames come from
   */
  public RtpToFrames(
      List<RtpTrack> tracks,
      boolean keepOpus,
      Executor loop,
      AudioEngine engine,
      ByteBufAllocator allocator,
      FrameOutput out) {
    VideoToFrames ofVideo = null;
    AudioToFrames ofAudio = null;
    for (RtpTrack track : tracks) {
      boolean readable = Depacketizer.supports(track.codec());
      if (!readable) {
        out.onTrackLeftOut(track, track.codec().label() + " that comes by WebRTC has no form for RTMP, FLV and HLS");
      } else if (track.kind() == MediaKind.VIDEO && ofVideo == null) {
        ofVideo = new VideoToFrames(track, time, layers, allocator, out);
      } else if (track.kind() == MediaKind.AUDIO && ofAudio == null) {
        ofAudio = new AudioToFrames(track, keepOpus, time, loop, engine, allocator, out);
      }
    }
    pictures = ofVideo;
    sound = ofAudio;
  }

  /** Takes a packet; borrows it. Of several simulcast layers the highest one that is sent becomes frames. */
  public void packet(RtpPacket packet) {
    VideoToFrames video = pictures;
    AudioToFrames audio = sound;
    if (audio != null && packet.track().equals(audio.track())) {
      audio.packet(packet);
    } else if (video != null && packet.track().equals(video.track())) {
      video.packet(packet);
    }
  }

  /** Tells that a sequence number was used for padding, so that nobody waits for it. */
  public void skip(RtpTrack track, int layer, int sequence, long nowNanos) {
    VideoToFrames video = pictures;
    if (video != null && track.equals(video.track()) && layer == layers.layer()) {
      video.skip(sequence, nowNanos);
    }
  }

  /**
   * Takes a sender report.
   *
   * @param layer the simulcast layer whose it is, 0 of sound
   * @param ntp the publisher's wall clock, as it stands in the report: 32 bits of seconds, 32 of their fraction
   * @param rtpTimestamp the timestamp that belongs to it
   */
  public void senderReport(RtpTrack track, int layer, long ntp, int rtpTimestamp) {
    if (track.kind() == MediaKind.AUDIO || layer == layers.layer()) {
      time.reported(track.kind(), ntp, rtpTimestamp);
    }
  }

  /** Gives up what was waited for long enough; to be called every 20 to 100 ms. */
  public void poll(long nowNanos) {
    if (pictures != null) {
      pictures.poll(nowNanos);
    }
    if (sound != null) {
      sound.poll(nowNanos);
    }
  }

  /** Ends it; nothing is given out any more. */
  @Override
  public void close() {
    if (pictures != null) {
      pictures.close();
    }
    if (sound != null) {
      sound.close();
    }
  }
}
