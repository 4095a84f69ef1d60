package live.sluice.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The machine that figures come from. */
final class Machine {
  private Machine() {}

  static ObjectNode describe() {
    ObjectNode machine = JsonNodeFactory.instance.objectNode();
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("cpu", field("/proc/cpuinfo", "model name"));
    machine.put("memory", field("/proc/meminfo", "MemTotal"));
    machine.put("kernel", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    machine.put("java", System.getProperty("java.vm.vendor") + ' ' + Runtime.version());
    return machine;
  }

  /** The share of the cores that was in use just now by whatever else runs: the load average by core. */
  static double loadAverage() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    } catch (IOException | NumberFormatException notTold) {
      return -1;
    }
  }

  private static String field(String file, String key) {
    try {
      return Files.readString(Path.of(file))
          .lines()
          .filter(line -> line.startsWith(key) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("not told");
    } catch (IOException notTold) {
      return "not told";
    }
  }
}
