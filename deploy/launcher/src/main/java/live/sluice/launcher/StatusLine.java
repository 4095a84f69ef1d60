package live.sluice.launcher;

import java.io.PrintStream;

/** One line at the bottom of a terminal that is written over; elsewhere, nothing. Any thread. */
public final class StatusLine {
  private static final String START_OVER = "\r\u001b[K";
  private static final int USUAL_WIDTH = 80;

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private String last = "";
  private boolean closed;

  /** Takes where the line is. */
  public StatusLine(PrintStream out) {
    this.out = out;
    // Told by the script: the JVM asks about standard input too, which has no part in it.
    terminal = Boolean.getBoolean("sluice.terminal");
    width = width(System.getenv().getOrDefault("COLUMNS", ""));
  }

  private static int width(String columns) {
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /** Returns whether there is a terminal. */
  public boolean terminal() {
    return terminal;
  }

  /** Shows a text that replaces the one before; does nothing where there is no terminal. */
  public synchronized void show(String text) {
    if (!closed && terminal && !text.equals(last)) {
      last = text;
      out.print(START_OVER + text.substring(0, Math.min(text.length(), width - 1)));
      out.flush();
    }
  }

  /** Leaves the line empty for other output. */
  public synchronized void clear() {
    if (terminal && !last.isEmpty()) {
      last = "";
      out.print(START_OVER);
      out.flush();
    }
  }

  /** Says a last thing; nothing is shown after it. */
  public synchronized void close(String text) {
    closed = true;
    out.println((terminal ? START_OVER : "") + text);
    out.flush();
  }
}
