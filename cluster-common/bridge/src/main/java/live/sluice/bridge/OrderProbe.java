package live.sluice.bridge;

import live.sluice.media.Frame;
import live.sluice.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first pictures of a stream before anybody is told of it: whether WebRTC can carry them shows at the second
 * picture that is out of order and referred to, and a player that is refused at once knows why, while one that was taken
 * has a black picture first. An encoder that reorders delays its first picture's presentation; of another one nothing needs
 * to be waited for. Not thread-safe.
 */
final class OrderProbe {
  private final PictureOrder order = new PictureOrder();
  private @Nullable Boolean reorders;
  private int referenced;

  /** The next frame is the first one. */
  void reset() {
    order.reset();
    reorders = null;
    referenced = 0;
  }

  /** Sees a frame; borrows it. */
  void see(Frame frame) {
    if (frame.kind() != MediaKind.VIDEO || frame.config() || (reorders == null && !frame.keyframe())) {
      return;
    }
    if (reorders == null) {
      reorders = frame.compositionOffset() > 0;
    }
    if (order.judge(frame, VideoToRtp.lengthSize(frame.track())) == PictureOrder.Verdict.REFERENCED) {
      referenced++;
    }
  }

  /** Whether pictures that come may yet show that the stream can't be carried as it is. */
  boolean isOpen() {
    return Boolean.TRUE.equals(reorders) && !isReferenced();
  }

  /** Whether the stream can't be carried as it is. */
  boolean isReferenced() {
    return referenced > VideoToRtp.ONCE;
  }
}
