package live.sluice.bridge.video;

import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/** Takes what a transcoder makes, on the loop that the transcoder was opened with. Nothing comes after its close. */
public interface VideoOutput {
  /**
   * A picture of H.264 in order, its time in ms on the clock of what was put in, its parameter sets in it where it is a
   * keyframe; it is the callee's to release.
   */
  void onPicture(Frame frame);

  /** Nothing will come, for that reason: the codec or the library can't be used. Told once. */
  void onVideoFailed(ErrorCode code, String why);
}
