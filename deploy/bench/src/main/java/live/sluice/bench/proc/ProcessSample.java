package live.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.sluice.bench.BenchException;

/**
 * What some processes have spent, and what they hold, at one moment. Children count with their parents: a server may do
 * its work in them.
 *
 * @param takenNanos when, by {@link System#nanoTime}
 * @param processes all of them by process id
 */
public record ProcessSample(long takenNanos, Map<Long, One> processes) {
  private static final Path PROC = Path.of("/proc");

  /** One process of them. */
  record One(CpuTime cpu, List<ThreadTime> threads, Memory memory) {}

  /**
   * Takes a sample.
   *
   * @param pids processes that run; their descendants are found
   * @throws BenchException when one of them does not run, or this is not Linux
   */
  public static ProcessSample of(long... pids) {
    if (!Files.isReadable(PROC.resolve("self/stat"))) {
      throw new BenchException("CPU and memory of a process are measured by /proc, which only Linux has");
    }
    Map<Long, One> processes = new LinkedHashMap<>();
    for (long pid : pids) {
      ProcessHandle handle =
          ProcessHandle.of(pid).orElseThrow(() -> new BenchException("there is no process " + pid + " to measure"));
      try {
        processes.put(pid, read(pid));
      } catch (IOException e) {
        throw new BenchException("cannot measure process " + pid + ": " + e.getMessage(), e);
      }
      for (ProcessHandle child : handle.descendants().toList()) {
        try {
          processes.put(child.pid(), read(child.pid()));
        } catch (IOException ended) {
          // A child may end at any time: then there is nothing of it to count.
        }
      }
    }
    return new ProcessSample(System.nanoTime(), Map.copyOf(processes));
  }

  private static One read(long pid) throws IOException {
    Path process = PROC.resolve(Long.toString(pid));
    return new One(ProcFile.cpu(process), ProcFile.threads(process), ProcFile.memory(process));
  }

  /** Memory of all of them at that moment. */
  public Memory memory() {
    return processes.values().stream().map(One::memory).reduce(Memory.ZERO, Memory::plus);
  }

  /** What was spent between an earlier sample of the same processes and this one. */
  public ProcessUse since(ProcessSample earlier) {
    CpuTime cpu = CpuTime.ZERO;
    List<ThreadTime> threads = new ArrayList<>();
    for (Map.Entry<Long, One> entry : processes.entrySet()) {
      One before = earlier.processes.get(entry.getKey());
      One now = entry.getValue();
      cpu = cpu.plus(before == null ? now.cpu() : now.cpu().since(before.cpu()));
      Map<Long, CpuTime> spent = new LinkedHashMap<>();
      if (before != null) {
        before.threads().forEach(thread -> spent.put(thread.id(), thread.cpu()));
      }
      for (ThreadTime thread : now.threads()) {
        CpuTime then = spent.getOrDefault(thread.id(), CpuTime.ZERO);
        threads.add(new ThreadTime(thread.id(), thread.name(), thread.cpu().since(then)));
      }
    }
    threads.sort((a, b) -> Long.compare(b.cpu().totalNanos(), a.cpu().totalNanos()));
    return new ProcessUse((takenNanos - earlier.takenNanos) / 1e9, cpu, List.copyOf(threads), memory());
  }
}
