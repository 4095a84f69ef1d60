package live.sluice.media;

import org.jspecify.annotations.Nullable;

/**
 * Frames in the order they came, numbered from 0 without end; each reader of a leg stands at a number. Grows as far as
 * its slowest reader is behind, and readers are bounded. Owned by the readers' loop; it holds a reference to each frame.
 */
final class FrameRing {
  private static final int INITIAL = 64;

  private @Nullable Frame[] frames = new @Nullable Frame[INITIAL];
  private long[] bytesBefore = new long[INITIAL];
  private long[] arrivedMs = new long[INITIAL];
  private long tail;
  private long head;
  private long bytes;

  /** Number of the frame that comes next. */
  long head() {
    return head;
  }

  /** Number of the oldest frame there is. */
  long tail() {
    return tail;
  }

  /** Takes over {@code frame}, which came at {@code nowMs}. */
  void add(Frame frame, long nowMs) {
    if (head - tail == frames.length) {
      grow();
    }
    int i = index(head);
    frames[i] = frame;
    bytesBefore[i] = bytes;
    arrivedMs[i] = nowMs;
    bytes += frame.size();
    head++;
  }

  /** The frame of that number, from tail to head - 1; borrowed. */
  Frame at(long number) {
    Frame frame = frames[index(number)];
    if (frame == null) {
      throw new IllegalStateException("frame " + number + " is not in the ring " + tail + " to " + head);
    }
    return frame;
  }

  /** Bytes of payload from frame {@code number} on. */
  long bytesFrom(long number) {
    return number == head ? 0 : bytes - bytesBefore[index(number)];
  }

  /**
   * How long after frame {@code number} the newest one came, in ms. Not media time: what an upstream sends in one burst
   * makes nobody late.
   */
  long millisFrom(long number) {
    return number == head ? 0 : arrivedMs[index(head - 1)] - arrivedMs[index(number)];
  }

  /** Lets go of all before {@code number}. */
  void trim(long number) {
    while (tail < number) {
      int i = index(tail);
      at(tail).release();
      frames[i] = null;
      tail++;
    }
  }

  private int index(long number) {
    return (int) number & (frames.length - 1);
  }

  private void grow() {
    @Nullable Frame[] oldFrames = frames;
    long[] oldBytes = bytesBefore;
    long[] oldArrived = arrivedMs;
    frames = new @Nullable Frame[oldFrames.length * 2];
    bytesBefore = new long[frames.length];
    arrivedMs = new long[frames.length];
    for (long n = tail; n < head; n++) {
      int from = (int) n & (oldFrames.length - 1);
      frames[index(n)] = oldFrames[from];
      bytesBefore[index(n)] = oldBytes[from];
      arrivedMs[index(n)] = oldArrived[from];
    }
  }
}
