package live.sluice.media;

import org.jspecify.annotations.Nullable;

/**
 * Whether frames are wanted of a source that brings packets: they cost its bridge work, so that they are asked for when
 * somebody comes who needs them, and no longer some time after the last. On the stream's loop.
 */
final class FrameDemand {
  private final long lingerMs;
  private boolean asked;
  private long neededMs;

  /** Not asked for. */
  FrameDemand(long lingerMs) {
    this.lingerMs = lingerMs;
  }

  /** Asks for frames at once, where it was not done yet. */
  void ask(@Nullable Publication source) {
    if (source != null && source.form() == MediaForm.PACKETS && !asked) {
      asked = true;
      source.framesWanted(true);
    }
  }

  /** Another source, or none: it was not asked yet. */
  void sourceChanged() {
    asked = false;
  }

  /** Whether they were asked for and nobody has needed them for so long that they should not come any more. */
  boolean isOver(boolean needed, long nowMs) {
    if (!asked || needed) {
      neededMs = nowMs;
    }
    return nowMs - neededMs > lingerMs;
  }

  /** Asks for no more. */
  void drop(@Nullable Publication source) {
    asked = false;
    if (source != null) {
      source.framesWanted(false);
    }
  }
}
