package live.sluice.bench.compare;

/** How a turn is taken. */
interface Turns {
  /**
   * Puts the load on one entrant, and measures it.
   *
   * @param round from 1
   */
  Turn take(Entrant entrant, int round);
}
