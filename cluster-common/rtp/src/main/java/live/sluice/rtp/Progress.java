package live.sluice.rtp;

/**
 * How far each track's layer of a publish has come, so that another way to the same publish goes on from there: what it
 * brings once more is passed over. Owned by the stream's loop.
 */
final class Progress {
  /** After so long what comes is no continuation, in ns: by then numbers may have wrapped. */
  private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  private final int[] sequences;
  private final int[] timestamps;
  private final boolean[] begun;
  /** Those of which nothing new has come since the way changed. */
  private final boolean[] resuming;

  private long lastNanos;

  Progress(int tracks) {
    int slots = tracks * RtpStream.MAX_LAYERS;
    sequences = new int[slots];
    timestamps = new int[slots];
    begun = new boolean[slots];
    resuming = new boolean[slots];
  }

  /** Whether it can be gone on from at that time. */
  boolean isFresh(long nowNanos) {
    return nowNanos - lastNanos < LONGEST_PAUSE_NANOS;
  }

  /** How long ago its last packet came, in ns. */
  long pause(long nowNanos) {
    return nowNanos - lastNanos;
  }

  /** The way changes: what comes next may have come before. */
  void resume() {
    System.arraycopy(begun, 0, resuming, 0, begun.length);
  }

  /** A packet comes: whether it is one that did not come before the way changed. */
  boolean isNew(RtpPacket packet) {
    int slot = packet.track().index() * RtpStream.MAX_LAYERS + packet.layer();
    int sequence = packet.sequence();
    boolean later = !begun[slot] || (short) (sequence - sequences[slot]) > 0;
    // By its time too: numbers of packets come round within a minute or two.
    boolean laterShown = !begun[slot] || packet.timestamp() - timestamps[slot] > 0;
    if (resuming[slot] && !later && !laterShown) {
      return false;
    }
    if (later || resuming[slot]) {
      sequences[slot] = sequence;
    }
    if (laterShown) {
      timestamps[slot] = packet.timestamp();
    }
    begun[slot] = true;
    resuming[slot] = false;
    lastNanos = packet.arrivalNanos();
    return true;
  }
}
