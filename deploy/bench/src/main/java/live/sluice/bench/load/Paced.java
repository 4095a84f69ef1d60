package live.sluice.bench.load;

/** What a {@link Pacer} calls when it is due. On its loop alone. */
interface Paced {
  /** When it is due next, by the monotonic clock, in ns. */
  long dueNanos();

  /** Does what is due. Whether it goes on. */
  boolean send(long nowNanos);
}
