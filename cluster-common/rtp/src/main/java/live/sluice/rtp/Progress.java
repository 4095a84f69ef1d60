package live.sluice.rtp;

/**
 * How far each track's layer of a publish has come, so that another way to the same publish goes on from there: what it
 * brings once more is passed over. Owned by the stream's loop.
 */
final class Progress {
  /** After so long what comes is no continuation, in ns: by then numbers may have wrapped. */
  private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  /**
   * For so long after the change something may come once more, in ns: repairs and cached pictures among it. Twice under one
   * number would be sealed twice under one index for a player, which no cipher of SRTP may do.
   */
  private static final long REPEATS_NANOS = 5_000_000_000L;

  private final int[] sequences;
  private final int[] timestamps;
  private final boolean[] begun;
  /** Those of before the change. */
  private final int[] sequencesBefore;

  private final int[] timestampsBefore;
  /** Those of which something came before the change; and of them those of which nothing new has come since. */
  private final boolean[] known;

  private final boolean[] resuming;
  private long repeatsUntil;
  private long lastNanos;

  Progress(int tracks) {
    int slots = tracks * RtpStream.MAX_LAYERS;
    sequences = new int[slots];
    timestamps = new int[slots];
    begun = new boolean[slots];
    sequencesBefore = new int[slots];
    timestampsBefore = new int[slots];
    known = new boolean[slots];
    resuming = new boolean[slots];
  }

  private static int slot(int track, int layer) {
    return track * RtpStream.MAX_LAYERS + layer;
  }

  /** Whether it can be gone on from at that time. */
  boolean isFresh(long nowNanos) {
    return pause(nowNanos) < LONGEST_PAUSE_NANOS;
  }

  /** How long ago its last packet came, in ns. */
  long pause(long nowNanos) {
    return nowNanos - lastNanos;
  }

  boolean hasBegun(int track, int layer) {
    return begun[slot(track, layer)];
  }

  /** The way changes: what comes next may have come before. */
  void resume(long nowNanos) {
    System.arraycopy(sequences, 0, sequencesBefore, 0, sequences.length);
    System.arraycopy(timestamps, 0, timestampsBefore, 0, timestamps.length);
    System.arraycopy(begun, 0, known, 0, begun.length);
    System.arraycopy(begun, 0, resuming, 0, begun.length);
    repeatsUntil = nowNanos + REPEATS_NANOS;
  }

  /** Whether only what came before the change has come of it since. */
  boolean catchesUp(int track, int layer, long nowNanos) {
    return resuming[slot(track, layer)] && nowNanos - repeatsUntil < 0;
  }

  /** A packet comes: whether it is one that did not come before the way changed. */
  boolean isNew(RtpPacket packet) {
    int slot = slot(packet.track().index(), packet.layer());
    int sequence = packet.sequence();
    int timestamp = packet.timestamp();
    lastNanos = packet.arrivalNanos();
    boolean repeats = known[slot] && lastNanos - repeatsUntil < 0;
    if (repeats && !isLater(sequence, timestamp, sequencesBefore[slot], timestampsBefore[slot])) {
      return false;
    }
    if (!begun[slot] || (short) (sequence - sequences[slot]) > 0 || resuming[slot]) {
      sequences[slot] = sequence;
    }
    if (!begun[slot] || timestamp - timestamps[slot] > 0) {
      timestamps[slot] = timestamp;
    }
    begun[slot] = true;
    resuming[slot] = false;
    return true;
  }

  /** By number, or by time where numbers have come round: within a minute or two they do. */
  private static boolean isLater(int sequence, int timestamp, int sequenceBefore, int timestampBefore) {
    return (short) (sequence - sequenceBefore) > 0 || timestamp - timestampBefore > 0;
  }
}
