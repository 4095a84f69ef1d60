package live.sluice.bench.cascade;

/** How much of a matrix is left: by how long its cells have taken so far, or are known to take at least. */
final class Countdown {
  private static final int OVERHEAD_SECONDS = 18;

  private final int cells;
  private final int secondsEach;
  private long begun;
  private int done;

  Countdown(int cells, int secondsOfEach) {
    this.cells = cells;
    this.secondsEach = secondsOfEach + OVERHEAD_SECONDS;
  }

  /** What to say before the next cell. */
  String next(Cell cell) {
    if (done == 0) {
      begun = System.nanoTime();
    }
    double each = done == 0 ? secondsEach : (System.nanoTime() - begun) / 1e9 / done;
    return text(cell, Math.round(each * (cells - done++)));
  }

  private String text(Cell cell, long leftSeconds) {
    long minutes = (leftSeconds + 30) / 60;
    String left = minutes == 0 ? "less than a minute" : minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    return "cell " + done + " of " + cells + ": " + cell + "; " + left + " left";
  }
}
