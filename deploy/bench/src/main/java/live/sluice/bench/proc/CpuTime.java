package live.sluice.bench.proc;

/**
 * CPU time spent, in nanoseconds; the kernel tells it in steps of 10 ms.
 *
 * @param userNanos in the program itself
 * @param systemNanos in the kernel on its behalf
 */
public record CpuTime(long userNanos, long systemNanos) {
  /** None. */
  public static final CpuTime ZERO = new CpuTime(0, 0);

  /** Both kinds together, in ns. */
  public long totalNanos() {
    return userNanos + systemNanos;
  }

  /** Both kinds together, in seconds. */
  public double totalSeconds() {
    return totalNanos() / 1e9;
  }

  /** The sum. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(userNanos + other.userNanos, systemNanos + other.systemNanos);
  }

  /** What was spent since {@code earlier}; never less than nothing. */
  public CpuTime since(CpuTime earlier) {
    return new CpuTime(Math.max(0, userNanos - earlier.userNanos), Math.max(0, systemNanos - earlier.systemNanos));
  }
}
