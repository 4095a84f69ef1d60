package live.sluice.rtc.srtp;

import org.jspecify.annotations.Nullable;

/** The sources of which authentic packets came, as many as may be: few, so that they are searched one by one. */
final class IncomingSources {
  private final int windowSize;
  private final int[] ssrcs;
  private final ReplayWindow[] windows;
  private int count;
  private int latest;

  IncomingSources(int most, int windowSize) {
    this.windowSize = windowSize;
    this.ssrcs = new int[most];
    this.windows = new ReplayWindow[most];
  }

  /** The window of a source; null of one that is new. */
  @Nullable ReplayWindow find(int ssrc) {
    if (count > 0 && ssrcs[latest] == ssrc) {
      return windows[latest];
    }
    for (int i = 0; i < count; i++) {
      if (ssrcs[i] == ssrc) {
        latest = i;
        return windows[i];
      }
    }
    return null;
  }

  /** Whether it takes no new ones. */
  boolean full() {
    return count == ssrcs.length;
  }

  /** A packet of a new source was authentic. */
  void add(int ssrc, long index) {
    ssrcs[count] = ssrc;
    windows[count] = new ReplayWindow(windowSize, index);
    latest = count++;
  }
}
