package live.sluice.bench.report;

import java.io.PrintStream;
import java.util.Locale;
import live.sluice.bench.measure.SeriesPoint;

/** Tells how a run goes: one line that is written over each second on a terminal, a line each five seconds elsewhere. */
public final class Progress {
  private static final int SECONDS_PER_LINE = 5;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private int seconds;
  private String phase = "";
  private boolean open;

  /**
   * Progress on {@code out}.
   *
   * @param columns of the terminal
   */
  public Progress(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** The next second. */
  public void show(String now, SeriesPoint point) {
    String line = line(now, point);
    if (terminal) {
      out.print("\r\033[K" + (line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1))));
      out.flush();
      open = true;
    } else if (!now.equals(phase) || ++seconds % SECONDS_PER_LINE == 0) {
      out.println(line);
    }
    phase = now;
  }

  /** Takes the line away. */
  public void clear() {
    if (open) {
      out.print("\r\033[K");
      out.flush();
      open = false;
    }
  }

  private static String line(String phase, SeriesPoint point) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%5.0f s  %-10s  %d clients", point.second(), phase, point.clients()));
    if (point.ended() > 0) {
      line.append(String.format(Locale.ROOT, ", %d ended", point.ended()));
    }
    line.append(String.format(Locale.ROOT, "  %.1f Mb/s", point.megabitsPerSecond()));
    Double p99 = point.latencyP99Ms();
    Double p50 = point.latencyP50Ms();
    if (p99 != null && p50 != null) {
      line.append(String.format(Locale.ROOT, "  latency %.1f/%.1f ms", p50, p99));
    }
    if (point.stalls() > 0) {
      line.append(String.format(Locale.ROOT, "  %d stalls", point.stalls()));
    }
    Long lost = point.lost();
    if (lost != null && lost > 0) {
      line.append(String.format(Locale.ROOT, "  %d lost", lost));
    }
    Double server = point.serverCpuPercent();
    if (server != null) {
      line.append(String.format(Locale.ROOT, "  server %.0f %%", server));
    }
    line.append(String.format(Locale.ROOT, "  self %.0f %%", point.generatorCpuPercent()));
    return line.toString();
  }
}
