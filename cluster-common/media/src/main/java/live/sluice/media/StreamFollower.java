package live.sluice.media;

/**
 * Somebody who needs a stream on this node and takes its media otherwise than as frames. While it follows, the stream
 * stays and is pulled, as for a reader. Told on the stream's loop.
 */
public interface StreamFollower {
  /** A source was connected, or was there when the following began. */
  void onSource(Publication source);

  /** The source ended; another one may come. */
  void onSourceEnded(Publication source);

  /** The stream lets go of the follower, which need not leave any more. */
  void onEnd(ErrorCode code, String why);
}
