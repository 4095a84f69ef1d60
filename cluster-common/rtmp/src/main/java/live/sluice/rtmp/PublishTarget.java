package live.sluice.rtmp;

import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/**
 * Where the frames of one publish go: a stream of this node, or another node. Both methods are called on the loop of
 * the connection that publishes.
 */
public interface PublishTarget {

  /** Told when a publish ends that its publisher did not end. From any thread, once. */
  interface Owner {
    /** Frames are ignored from now on; {@code why} is for people. */
    void onEnded(ErrorCode code, String why);
  }

  /** Hands over a frame, with the times of the publisher's clock; it is released in the end whatever happens. */
  void frame(Frame frame);

  /** Ends it from the publisher's side; more calls do nothing, and the owner hears nothing of it. */
  void close();
}
