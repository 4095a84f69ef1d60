package live.sluice.bridge;

import live.sluice.media.Frame;
import live.sluice.rtp.RtpTrack;

/** Takes what {@link RtpToFrames} makes of a stream; all on the stream's loop. */
public interface FrameOutput {
  /**
   * A frame, with its time on one clock for both tracks, in ms; it is the callee's to release. A track's configuration
   * comes before its first frame and when it changes. Times never go back within a track.
   */
  void onFrame(Frame frame);

  /**
   * No pictures come before the next keyframe: the publisher is to be asked for one. Told again every second.
   *
   * @param layer the simulcast layer whose pictures are taken
   */
  void onKeyframeNeeded(int layer);

  /**
   * That track has no frames, for that reason; the other one goes on. Told once, by the constructor where it is known
   * then.
   */
  void onTrackLeftOut(RtpTrack track, String why);
}
