package live.sluice.bench.compare;

import java.io.PrintStream;
import java.time.Duration;
import live.sluice.bench.compare.server.Waiting;

/** What is being done, on standard error: one line that is written over on a terminal, a line for each step elsewhere. */
final class Progress {
  private static final String START_OVER = "\r\u001b[K";
  private static final int USUAL_WIDTH = 80;
  private static final long STEP_MS = 500;

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private String turn = "";

  Progress(PrintStream out) {
    this.out = out;
    // Told by the script: the JVM asks about standard input too, which has no part in it.
    terminal = Boolean.getBoolean("sluice.terminal");
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    width = columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /** Whose turn it is. */
  void turn(String text) {
    turn = text;
  }

  /** A step begins. */
  void step(String text) {
    show(text);
    if (!terminal) {
      out.println(turn + ": " + text);
    }
  }

  /** A step that lasts; {@code check} is called twice a second, and ends it by an exception. */
  void wait(String text, Duration length, Runnable check) {
    if (!terminal) {
      out.println(turn + ": " + text + ", " + (length.toMillis() + 500) / 1000 + " s");
    }
    long begun = System.nanoTime();
    for (long left = length.toMillis(); left > 0; left = length.toMillis() - (System.nanoTime() - begun) / 1_000_000) {
      show(text + ", " + (left + 999) / 1000 + " s");
      check.run();
      Waiting.pause(Math.min(left, STEP_MS));
    }
  }

  /** A line that stays. */
  void line(String text) {
    out.println((terminal ? START_OVER : "") + text);
  }

  private void show(String text) {
    if (terminal) {
      String line = turn + ": " + text;
      out.print(START_OVER + line.substring(0, Math.min(line.length(), width - 1)));
      out.flush();
    }
  }

  void clear() {
    if (terminal) {
      out.print(START_OVER);
      out.flush();
    }
  }
}
