package live.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Datagrams that the system had no room for in the sockets they were for: those of all processes of this machine. */
public final class UdpDrops {
  private static final Path SNMP = Path.of("/proc/net/snmp");

  private UdpDrops() {}

  /** How many there were since the machine was started; 0 where that can't be read. */
  public static long count() {
    try {
      return count(Files.readAllLines(SNMP));
    } catch (IOException e) {
      return 0;
    }
  }

  /** Of the lines of the system's file: one with the names of UDP's counters, and one with their values. */
  static long count(List<String> lines) {
    String[] names = new String[0];
    for (String line : lines) {
      if (line.startsWith("Udp:")) {
        String[] words = line.split(" +");
        for (int i = 0; i < Math.min(names.length, words.length); i++) {
          if (names[i].equals("RcvbufErrors") && words[i].matches("\\d{1,18}")) {
            return Long.parseLong(words[i]);
          }
        }
        names = words;
      }
    }
    return 0;
  }
}
