package live.sluice.container.hls;

import live.sluice.media.StreamEntry;

/**
 * The numbers of a stream's segments. A player may go from one owner's playlist to another's, and must never see a
 * sequence go back.
 *
 * <p>The media sequence of a stream that is new here begins at the clock in seconds; segments last a second or more, so
 * that no owner gets ahead of the clock. Where the same owner publishes again and nobody did in between (the entry's
 * discontinuity sequence is the next one), the sequence goes on by one. The discontinuity sequence of an epoch begins at
 * its entry's, or after the last one given here where that is greater: jumps of the clock and changes of tracks within an
 * epoch count too.
 *
 * <p>One thread at a time changes it; what is for all threads says so.
 */
final class Sequences {
  private volatile long discontinuity = -1;
  private long epoch;
  private long entryDiscontinuity = -1;
  private long nextMedia;
  private boolean newEpoch;

  /**
   * An epoch begins, with the next discontinuity.
   *
   * @param wallMs the clock, which the media sequence begins at unless it goes on
   * @return whether it goes on after the epoch before
   */
  boolean begin(StreamEntry entry, long wallMs) {
    long given = entry.discontinuitySequence();
    boolean goesOn = nextMedia > 0 && (given == entryDiscontinuity + 1 || given == discontinuity + 1);
    if (!goesOn) {
      nextMedia = Math.max(nextMedia, wallMs / 1000);
    }
    epoch = entry.epoch();
    entryDiscontinuity = given;
    newEpoch = true;
    return goesOn;
  }

  /** The next segment is no continuation; says whether its discontinuity has the number after the last one's. */
  boolean discontinue() {
    long following = discontinuity + 1;
    long next = newEpoch ? Math.max(entryDiscontinuity, following) : following;
    discontinuity = next;
    newEpoch = false;
    return next == following;
  }

  /** Names the next segment. */
  HlsSegmentName next() {
    return new HlsSegmentName(epoch, nextMedia++);
  }

  /** Discontinuity sequence number of the newest segment, -1 before the first one. From any thread. */
  long discontinuity() {
    return discontinuity;
  }
}
