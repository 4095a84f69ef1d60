package live.sluice.media;

/** Where time comes from; tests bring their own. */
public interface Ticker {
  /** Monotonic time in ns; compare by subtraction. */
  long nanos();

  /** Wall clock in ms since 1970. */
  long wallMillis();

  /** Monotonic time in ms; compare by subtraction. */
  default long millis() {
    return nanos() / 1_000_000;
  }

  /** The machine's clocks. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long wallMillis() {
          return System.currentTimeMillis();
        }
      };
}
