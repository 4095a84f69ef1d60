package live.sluice.rtp;

import live.sluice.media.ErrorCode;

/** Where a stream's packets come from, as its readers can ask of it. On the stream's loop. */
public interface RtpSource {
  /**
   * Asks for a picture that can be decoded by itself; the stream sees to it that this is not asked too often.
   *
   * @param layer simulcast layer, from 0
   */
  void requestKeyframe(int layer);

  /**
   * Says which simulcast layers somebody wants.
   *
   * @param mask bit n for layer n
   */
  default void wantLayers(int mask) {}

  /** Whether a keyframe that is asked for comes soon; else players begin with what is cached. */
  boolean heedsRequests();

  /** The stream has no use for it any more: another source has the stream, it was idle, or an operator ended it. */
  void onEnd(ErrorCode code, String why);
}
