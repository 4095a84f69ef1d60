package live.sluice.media;

/** Sees the frames of a stream one by one on its event loop: a packager, a meter. It must not block. */
public interface FrameTap {
  /** A frame, after its times were moved to the stream's clock; borrowed. */
  void onFrame(Frame frame);

  /** The source ended; another one may follow. */
  default void onSourceEnded() {}
}
