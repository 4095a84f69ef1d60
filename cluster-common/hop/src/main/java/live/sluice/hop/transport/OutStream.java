package live.sluice.hop.transport;

/** A stream to the other side. Thread-safe; nothing blocks. */
public interface OutStream {
  /** Sends bytes, which are taken over. What is sent after the end is given up. */
  void write(byte[] data);

  /** Bytes that the transport has not taken yet. */
  long waiting();

  /**
   * Says who is told that less than {@code bytes} wait again, each time; on a thread of the transport.
   *
   * @param task must not block
   */
  void onDrained(long bytes, Runnable task);

  /** Ends it after what was written. */
  void end();

  /** Ends it at once. */
  void abort();
}
