package live.sluice.bench.proc;

import java.util.List;

/**
 * What processes spent between two moments.
 *
 * @param seconds how long that was
 * @param cpu CPU time of all of them
 * @param threads CPU time by thread, the busiest first; threads that ended in between are missing here, not in {@code cpu}
 * @param memory what they held at the end
 */
public record ProcessUse(double seconds, CpuTime cpu, List<ThreadTime> threads, Memory memory) {
  /** Percent of one core. */
  public double cpuPercent() {
    return seconds <= 0 ? 0 : cpu.totalSeconds() / seconds * 100;
  }
}
