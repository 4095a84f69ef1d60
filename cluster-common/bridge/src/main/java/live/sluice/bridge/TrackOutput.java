package live.sluice.bridge;

import live.sluice.rtp.RtpPacket;

/** Where the packets of one track go. On the stream's loop. */
interface TrackOutput {
  /** A packet, which is the callee's. */
  void onPacket(RtpPacket packet);

  /** When media of that time in ms counts as having come, in ns of the monotonic clock. */
  long arrival(long mediaMillis);
}
