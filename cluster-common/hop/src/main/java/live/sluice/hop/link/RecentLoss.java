package live.sluice.hop.link;

/** What share of a stream's packets was lost lately, of counters that are told each second. On the link's loop. */
final class RecentLoss {
  /** Over how many seconds: long enough that 0.1 % of a stream of 2.5 Mb/s is a packet or two. */
  private static final int SECONDS = 10;

  private final long[] expected = new long[SECONDS + 1];
  private final long[] before = new long[SECONDS + 1];
  private final long[] after = new long[SECONDS + 1];
  private int told;

  /**
   * Tells the counters as they are now.
   *
   * @param sent packets that should have come by now
   * @param lostBefore those of them that did not come at first
   * @param lostAfter those of them that were given up
   */
  void tell(long sent, long lostBefore, long lostAfter) {
    int slot = told++ % expected.length;
    expected[slot] = sent;
    before[slot] = lostBefore;
    after[slot] = lostAfter;
  }

  /** Share that was lost before repair, 0 to 1; -1 while nothing is known. */
  double before() {
    return share(before);
  }

  /** Share that was lost in the end. */
  double after() {
    return share(after);
  }

  private double share(long[] of) {
    if (told == 0) {
      return -1;
    }
    int last = (told - 1) % expected.length;
    // Where fewer were told than fit, what was before them is 0, as are the counters at the beginning.
    int first = told % expected.length;
    long sent = expected[last] - expected[first];
    return sent <= 0 ? 0 : Math.clamp((double) (of[last] - of[first]) / sent, 0, 1);
  }
}
