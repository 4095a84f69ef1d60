package live.sluice.node.http;

import live.sluice.media.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What is the rest of a connection from a request for a live stream on. On the connection's loop. */
interface Play {

  /** The connection, as a play sees it. */
  interface Host {
    /** The stream's side ended it; the connection is closed soon. */
    void playEnded(ErrorCode code, String why);
  }

  /** The connection can take more. */
  void drain();

  /** The connection has ended. */
  void close();

  /** The session that brings the stream to this node: the publisher's, or the pull's; null where there is none now. */
  @Nullable String source();
}
