package live.sluice.node.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process takes from its machine. */
public final class Machine {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /** CPU of the process in percent of one core, over the time since it was asked before. */
  public static double cpuPercent() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double load = system.getProcessCpuLoad();
    return load < 0 ? 0 : Math.round(load * system.getAvailableProcessors() * 1_000) / 10.0;
  }

  /** CPU of the machine in percent of all cores. */
  public static double systemCpuPercent() {
    double load = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
    return load < 0 ? 0 : Math.round(load * 1_000) / 10.0;
  }

  /** Physical memory of the machine in KiB. */
  public static long systemMemoryKib() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() >> 10;
  }

  /** Resident memory of the process in KiB; 0 where it can't be told. */
  public static long residentKib() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
    return 0;
  }

  /** Direct memory that buffers take, in bytes. */
  public static long directBytes() {
    return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider meter
        ? meter.metric().usedDirectMemory()
        : 0;
  }
}
