package live.sluice.media;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** A player's connection, as a reader sees it. Every method but {@link #loop()} is called on that loop. */
public interface ReaderSink {
  /** The event loop of the connection. */
  EventLoop loop();

  /** Whether more can be written without piling up; when that comes true again, call {@link Reader#drain()}. */
  boolean writable();

  /** Whether frames may be written several at once, their bytes one behind the other. */
  default boolean takesMerged() {
    return true;
  }

  /** Writes the bytes of a frame, or of several, without flushing, and releases them in the end. */
  void write(ByteBuf bytes);

  /** Sends what was written. */
  void flush();

  /** The first frame comes next: the place for a protocol's own opening. */
  void onStart(boolean hasAudio, boolean hasVideo);

  /** Nothing comes any more; the reader is closed already. {@code why} is for people. */
  void onEnd(ErrorCode code, String why);
}
