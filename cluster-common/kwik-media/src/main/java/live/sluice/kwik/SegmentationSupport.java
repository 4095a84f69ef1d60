package live.sluice.kwik;

import java.util.concurrent.atomic.LongAdder;

/** Whether the system cuts up messages that are sent; found out by trying. Thread-safe. */
final class SegmentationSupport {
  private final LongAdder refused = new LongAdder();
  private volatile boolean sends;

  SegmentationSupport(boolean sends) {
    this.sends = sends;
  }

  boolean canSend() {
    return sends;
  }

  /** The system refused a message. */
  void refused(int error, boolean segmented) {
    refused.increment();
    if (segmented && (error == Libc.EIO || error == Libc.EINVAL)) {
      // A device whose driver can't: single packets from now on.
      sends = false;
    }
  }

  /** Messages that the system refused since the beginning. */
  long refusedMessages() {
    return refused.sum();
  }
}
