package live.sluice.bench.cascade;

import java.io.PrintStream;
import java.util.Locale;

/** Results on standard output, a line each. */
final class ResultLine {
  private ResultLine() {}

  static void head(PrintStream out) {
    out.printf(
        "%5s %5s %6s %6s %7s %9s %10s %6s %9s %8s %8s %7s%n",
        "over", "hops", "rtt", "loss", "streams", "packets", "in time %", "bar %", "sound %", "p50 ms", "p99 ms", "copies");
  }

  static void print(CellResult result, PrintStream out) {
    Cell cell = result.cell();
    String which =
        String.format(
            Locale.ROOT, "%5s %5d %4dms %5s%% %7d", cell.hops() == 0 ? "-" : cell.over(), cell.hops(), cell.roundTripMs(),
            Cell.plain(cell.lossPercent()), cell.streams());
    if (result.failure() != null) {
      out.println(which + " FAILED: " + result.failure());
      return;
    }
    out.println(
        which
            + String.format(
                Locale.ROOT, " %9d %10.3f %6.1f %9.3f %8.1f %8.1f %7.2f%s",
                result.pictures().expected() + result.sound().expected(), result.inTimePercent(), cell.barPercent(),
                result.sound().percent(), result.pictures().p50Ms(), result.pictures().p99Ms(), result.crossed(),
                result.met() ? "" : "  missed"));
  }
}
