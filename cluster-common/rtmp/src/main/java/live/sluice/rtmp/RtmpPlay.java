package live.sluice.rtmp;

import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/** A client's playing of a stream, under way or about to begin. */
public interface RtmpPlay {

  /** Told what comes. On the client's loop; nothing is told after {@link #ended}. */
  interface Listener {
    /** The server plays the stream; frames follow. */
    void started();

    /** A frame with the times of the server's clock, 32-bit wraps undone; it is handed over. */
    void frame(Frame frame);

    /** The connection is over, or did not come about; {@code why} is for people. */
    void ended(ErrorCode code, String why);
  }

  /** Ends it; the listener hears nothing more once this ran on the client's loop. From any thread. */
  void close();
}
