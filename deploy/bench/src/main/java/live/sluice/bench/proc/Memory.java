package live.sluice.bench.proc;

/**
 * Memory that a process holds.
 *
 * @param rss bytes resident, what it shares with others counted in full
 * @param pss bytes resident, what it shares counted in part; 0 where the kernel does not tell this user
 */
public record Memory(long rss, long pss) {
  /** None. */
  public static final Memory ZERO = new Memory(0, 0);

  /** The sum. */
  public Memory plus(Memory other) {
    return new Memory(rss + other.rss, pss + other.pss);
  }
}
