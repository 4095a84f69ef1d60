package live.sluice.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the run was made on.
 *
 * @param system name and version of the kernel
 * @param cpu model of the processor
 * @param cores that this process may use
 * @param memoryBytes of the machine
 * @param java version of the JVM of the load generator
 */
public record Machine(String system, String cpu, int cores, long memoryBytes, String java) {

  /** This one. */
  public static Machine here() {
    return new Machine(
        System.getProperty("os.name") + ' ' + System.getProperty("os.version"),
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        kilobytes(field("/proc/meminfo", "MemTotal")),
        Runtime.version().toString());
  }

  private static String field(String file, String name) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private static long kilobytes(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? 0 : Long.parseLong(text.substring(0, end)) * 1024;
  }

  /** How many tasks wanted a processor lately, whoever's; -1 where it is not told. */
  public static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
