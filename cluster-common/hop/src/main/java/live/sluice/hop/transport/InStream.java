package live.sluice.hop.transport;

/** Told what a stream of the other side brings, on a thread of the stream's own, which may be kept waiting. */
public interface InStream {
  /** Some bytes, which are the callee's; while it does not return, the other side is slowed down. */
  void bytes(byte[] data);

  /**
   * Nothing comes any more; told once.
   *
   * @param whole whether the other side ended it, and not an accident
   */
  void ended(boolean whole);
}
