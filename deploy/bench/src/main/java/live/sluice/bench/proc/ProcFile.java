package live.sluice.bench.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files of {@code /proc} that matter here: proc(5). A process that is gone has none: IOException. */
final class ProcFile {
  /** USER_HZ: 100 on every architecture that a JDK 25 runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private ProcFile() {}

  static CpuTime cpu(Path process) throws IOException {
    return parseStat(0, text(process.resolve("stat"))).cpu();
  }

  static List<ThreadTime> threads(Path process) throws IOException {
    List<ThreadTime> threads = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      for (Path task : tasks.toList()) {
        try {
          threads.add(parseStat(Long.parseLong(String.valueOf(task.getFileName())), text(task.resolve("stat"))));
        } catch (IOException ended) {
          // A thread may end between being listed and being read; its time stays in that of the process.
        }
      }
    }
    return threads;
  }

  static Memory memory(Path process) throws IOException {
    long rss = kilobytes(text(process.resolve("status")), "VmRSS:");
    long pss;
    try {
      pss = kilobytes(text(process.resolve("smaps_rollup")), "Pss:");
    } catch (IOException forbidden) {
      pss = 0;
    }
    return new Memory(rss, pss);
  }

  /** One line of stat: the name stands in parentheses, and may itself hold blanks and parentheses. */
  static ThreadTime parseStat(long id, String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    String[] fields = line.substring(close + 2).trim().split(" ", -1);
    CpuTime cpu =
        new CpuTime(Long.parseLong(fields[UTIME]) * NANOS_PER_TICK, Long.parseLong(fields[STIME]) * NANOS_PER_TICK);
    return new ThreadTime(id, line.substring(open + 1, close), cpu);
  }

  /** The bytes of a line such as {@code Pss:   123 kB}; 0 without it. */
  static long kilobytes(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .filter(number -> !number.isEmpty())
        .mapToLong(number -> Long.parseLong(number) * 1024)
        .findFirst()
        .orElse(0);
  }

  private static String text(Path file) throws IOException {
    // Names of threads need not be UTF-8.
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
