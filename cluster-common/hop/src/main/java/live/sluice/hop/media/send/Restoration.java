package live.sluice.hop.media.send;

/**
 * Whether an estimate that was lowered may soon be what it was. A node that got no processor for a moment, or a burst of others
 * on the way, look like a way that has become narrow, and from a low estimate it takes many seconds to come up again. So a
 * second after it is over, what was carried before is tried at once; each time in vain, the next try waits four times as long.
 */
final class Restoration {
  private static final long FIRST_WAIT = 1_000_000_000L;
  private static final long LONGEST_WAIT = 64 * FIRST_WAIT;
  /** What is lowered again within that time was tried in vain. */
  private static final long TRIAL = 5_000_000_000L;

  /** What was carried fades by half in this time, in s. */
  private static final double HALF_LIFE = 30;
  /** Room for keyframes, and for what was carried to be taken for little enough. */
  private static final double ROOM = 1.25;

  /** What arrived while there was no queue, in bits a second. */
  private double carried;

  private double before;
  private long wait = FIRST_WAIT;
  private boolean tried;
  private long triedAt;
  private boolean lowered;
  private long loweredAt;

  /** That much arrives, without a queue. */
  void carries(double bitsPerSecond, double seconds) {
    carried = Math.max(carried * Math.pow(0.5, seconds / HALF_LIFE), bitsPerSecond);
  }

  /** The estimate is lowered, from what it was; that much arrives. */
  void lowered(double from, double arrives, long now) {
    if (tried && now - triedAt < TRIAL) {
      wait = Math.min(4 * wait, LONGEST_WAIT);
      carried = arrives;
    } else if (!lowered || now - loweredAt > TRIAL) {
      wait = tried && now - triedAt < LONGEST_WAIT ? wait : FIRST_WAIT;
      before = from;
    }
    tried = false;
    lowered = true;
    loweredAt = now;
  }

  /** What is to be tried now that there is no queue; 0 for no more than there is. */
  double toTry(double estimate, long roundTrip, long now) {
    double wanted = Math.min(before, ROOM * carried);
    if (!lowered || tried || wanted <= estimate || now - loweredAt < wait + roundTrip) {
      return 0;
    }
    tried = true;
    triedAt = now;
    return wanted;
  }
}
