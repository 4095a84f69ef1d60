package live.sluice.media;

import java.util.List;

/**
 * What a reader that joins gets first, of the source that there is now: metadata and codec configurations as they are, and
 * the frames since the last keyframe. It also tells when the tracks are known, before which nobody is let in, so that
 * all get a complete opening. Owned by the stream's loop.
 */
final class Opening {
  /** Tracks count as known when frames of this much media time brought no further one. */
  private static final long SETTLE_MEDIA_MS = 400;

  private final Prologue prologue = new Prologue();
  private final GopCache gop;
  private boolean settled;
  private long firstDts = Long.MIN_VALUE;

  Opening(int gopBytes, int gopFrames) {
    gop = new GopCache(gopBytes, gopFrames);
  }

  /** Whether {@code config} says what is known already. */
  boolean isKnown(Frame config) {
    return prologue.isKnown(config);
  }

  /** Learns from a frame, which it retains where it keeps it; whether a track is new or has changed. */
  boolean learn(Frame frame) {
    if (frame.config()) {
      if (prologue.has(frame.kind()) && frame.kind() != MediaKind.DATA) {
        // Frames before this one can't be decoded with the new configuration, which a joining reader gets first.
        gop.clear();
      }
      prologue.set(frame);
      return frame.kind() != MediaKind.DATA;
    }
    if (frame.kind() == MediaKind.DATA) {
      return false;
    }
    boolean isNew = !prologue.has(frame.kind());
    if (isNew) {
      prologue.seen(frame);
    }
    gop.add(frame);
    if (firstDts == Long.MIN_VALUE) {
      firstDts = frame.dts();
    }
    boolean both = prologue.has(MediaKind.VIDEO) && prologue.has(MediaKind.AUDIO);
    settled |= both || frame.dts() - firstDts >= SETTLE_MEDIA_MS;
    return isNew;
  }

  /** Whether media has come, whatever tracks there may still be. */
  boolean hasBegun() {
    return firstDts != Long.MIN_VALUE;
  }

  /** Whether the tracks are known. */
  boolean isSettled() {
    return settled;
  }

  /** Takes the tracks for known: they had their time. */
  void settle() {
    settled = true;
  }

  boolean has(MediaKind kind) {
    return prologue.has(kind);
  }

  /** All of it, in order; borrowed. */
  List<Frame> frames() {
    List<Frame> all = prologue.frames();
    all.addAll(gop.frames());
    return all;
  }

  /** Whether a reader may begin with these frames, or must wait for a keyframe. */
  boolean startsAtKeyframe() {
    return gop.startsAtKeyframe();
  }

  /** Forgets everything: the source is gone. */
  void clear() {
    prologue.clear();
    gop.clear();
    settled = false;
    firstDts = Long.MIN_VALUE;
  }
}
