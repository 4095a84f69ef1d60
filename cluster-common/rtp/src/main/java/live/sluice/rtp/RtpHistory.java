package live.sluice.rtp;

import org.jspecify.annotations.Nullable;

/** What was delivered to a reader lately. On the reader's loop. */
public interface RtpHistory {
  /**
   * A packet delivered lately, null where it is not kept any more; borrowed.
   *
   * @param track index of the track
   * @param sequence number as the publisher gave it
   */
  @Nullable RtpPacket find(int track, int layer, int sequence);
}
