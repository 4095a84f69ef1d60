package live.sluice.pull;

import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/** One connection to where a stream comes from. On the stream's loop. */
interface SourceConnection {

  /** Told by a connection what it brings. On the stream's loop; nothing is told after {@link #ended}. */
  interface Events {
    /** The other side serves the stream; frames follow. */
    void started();

    /** A frame, which is handed over. */
    void frame(Frame frame);

    /** The connection is over, or did not come about. */
    void ended(ErrorCode code, String why);
  }

  /** Ends it; nothing is told any more. */
  void close();
}
