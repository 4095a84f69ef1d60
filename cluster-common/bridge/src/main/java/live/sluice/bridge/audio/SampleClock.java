package live.sluice.bridge.audio;

/**
 * Says where decoded sound belongs on the output's clock. The output is counted in samples and has no seams; the times
 * of the input are rounded, jitter, drift, jump, and lack what was lost. What lies between the two is made up for by
 * silence (something is missing), by leaving frames out (too much came), by stretching the sound by less than anybody
 * hears (the publisher's sound card and its clock differ), or by beginning anew (another time altogether).
 *
 * <p>All times are in ticks of 48 kHz. Not thread-safe.
 */
final class SampleClock {
  /** What is to be done before a frame is written. */
  enum Step {
    /** Write it. */
    WRITE,
    /** Write {@link #fill()} samples of silence, then the frame. */
    FILL,
    /** Leave the frame out. */
    SKIP,
    /** Let go of what is not yet coded, then write the frame: time begins anew. */
    JUMP
  }

  private static final int MS = AudioTarget.SAMPLE_RATE / 1000;

  /** Further off than this is another time, and not a gap. */
  private static final long JUMP = 1000 * MS;

  /** Further off than this is made up for at once: no jitter is that large. */
  private static final long AT_ONCE = 250 * MS;

  /** Further off than this is made up for when it stays: half of what people notice between lips and voice. */
  private static final long NOTICED = 40 * MS;

  /** For that many frames: about 170 ms. */
  private static final int STAYS = 8;

  /** Exact times that are less than this off are as they should be. */
  private static final long EXACT = 2 * MS;

  /** Less than this on average is rounding, and no drift. */
  private static final long DRIFT = 4 * MS;

  /** The most that a second of sound is stretched by: 0.5 %. */
  private static final int MOST_STRETCH = AudioTarget.SAMPLE_RATE / 200;

  /** How many frames the average looks back over, about 0.7 s. */
  private static final int SMOOTHING = 32;

  private final boolean exact;
  private boolean anchored;
  private long end;
  private long fill;
  private int stays;
  private long least;
  private boolean skipping;
  private double drift;
  private long sinceStretch;

  /** {@code exact}: as in {@link AudioInput}. */
  SampleClock(boolean exact) {
    this.exact = exact;
  }

  /** The time of the sample after the last one that was written. */
  long end() {
    return end;
  }

  /** Samples of silence that are missing. */
  long fill() {
    return fill;
  }

  /** Samples were written, of sound or of silence. */
  void wrote(long samples) {
    end += samples;
  }

  /**
   * Places the next frame.
   *
   * @param pts its time
   * @param length its duration
   * @param pending what lies in the resampler, and is written before it
   * @param afresh whether it has nothing to do with what came before
   */
  Step next(long pts, long length, long pending, boolean afresh) {
    long off = pts - end - pending;
    if (!anchored || afresh || off > JUMP || off < -JUMP) {
      anchored = true;
      end = pts - pending;
      settle();
      return Step.JUMP;
    }
    return exact ? exactly(off, length) : roughly(off, length);
  }

  private Step exactly(long off, long length) {
    if (off >= EXACT) {
      fill = off;
      return Step.FILL;
    }
    // Part of a frame can't be left out; what remains is less than half a frame, and never adds up.
    return off <= -EXACT && -off >= length / 2 ? Step.SKIP : Step.WRITE;
  }

  private Step roughly(long off, long length) {
    boolean far = off >= NOTICED || off <= -NOTICED;
    if (!far || (stays > 0 && (off > 0) != (least > 0))) {
      stays = 0;
    }
    if (far) {
      least = stays == 0 || Math.abs(off) < Math.abs(least) ? off : least;
      stays++;
    }
    boolean must = stays >= STAYS || off >= AT_ONCE || off <= -AT_ONCE;
    if (must && off > 0) {
      fill = stays >= STAYS ? least : off;
      settle();
      return Step.FILL;
    }
    skipping = (skipping || must) && off <= -length;
    if (skipping) {
      settle();
      skipping = true;
      return Step.SKIP;
    }
    drift += (off - drift) / SMOOTHING;
    sinceStretch += length;
    return Step.WRITE;
  }

  /** How many samples the next second of output is to be longer, or shorter where negative. Asked once a frame. */
  int stretch() {
    if (sinceStretch < AudioTarget.SAMPLE_RATE) {
      return 0;
    }
    sinceStretch = 0;
    if (Math.abs(drift) < DRIFT) {
      return 0;
    }
    // Half of it: the average lags behind, and all of it would overshoot.
    return Math.clamp(Math.round(drift / 2), -MOST_STRETCH, MOST_STRETCH);
  }

  private void settle() {
    stays = 0;
    skipping = false;
    drift = 0;
    sinceStretch = 0;
  }
}
